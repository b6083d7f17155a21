/**
 * Runs a task for requests that may come faster than the task can follow: at most one run at a
 * time and one per interval, and never none after the last request.
 */
export class Refresher {
  #wanted = false;
  #running = false;
  #stopped = false;

  constructor(
    private readonly task: () => Promise<void>,
    private readonly intervalMs: number,
  ) {}

  request(): void {
    this.#wanted = true;
    if (!this.#running) void this.#run();
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#wanted && !this.#stopped) {
      this.#wanted = false;
      const pause = new Promise((resolve) => setTimeout(resolve, this.intervalMs));
      await Promise.allSettled([this.task(), pause]);
    }
    this.#running = false;
  }
}
