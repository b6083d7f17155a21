import type { LiveMessage } from "@/api/types";
import { retryDelay } from "./backoff";

/** What the connection is doing; `retryAt` is a time in milliseconds. */
export type LivePhase =
  | { name: "connecting" }
  | { name: "open" }
  | { name: "waiting"; retryAt: number }
  | { name: "resting" };

interface LiveConnectionOptions {
  /** A fresh ticket for each try: it opens one connection only. */
  fetchTicket: (signal: AbortSignal) => Promise<string>;
  address: (ticket: string) => string;
  onPhase: (phase: LivePhase) => void;
  onMessage: (message: LiveMessage) => void;
  random?: () => number;
}

// A try that hangs is a failure: a laptop that changes networks gets no answer at all.
const TRY_MS = 10_000;
const HIDDEN_MS = 60_000;

/**
 * A live connection that comes back by itself.
 *
 * A tab that has been hidden for a minute gives its connection up and opens a new one when it is
 * looked at again. The first message of every connection is a `hello` with the state of now.
 */
export class LiveConnection {
  #failures = 0;
  #phase: LivePhase["name"] = "resting";
  #socket: WebSocket | undefined;
  #trying: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hiddenTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: LiveConnectionOptions) {}

  start(): void {
    document.addEventListener("visibilitychange", this.#onVisibility);
    window.addEventListener("online", this.#onOnline);
    void this.#connect();
    this.#onVisibility();
  }

  stop(): void {
    document.removeEventListener("visibilitychange", this.#onVisibility);
    window.removeEventListener("online", this.#onOnline);
    clearTimeout(this.#hiddenTimer);
    this.#rest();
  }

  #setPhase(phase: LivePhase): void {
    this.#phase = phase.name;
    this.options.onPhase(phase);
  }

  async #connect(): Promise<void> {
    this.#drop();
    this.#setPhase({ name: "connecting" });
    const trying = new AbortController();
    this.#trying = trying;
    this.#timer = setTimeout(() => this.#fail(), TRY_MS);
    try {
      const ticket = await this.options.fetchTicket(trying.signal);
      if (!trying.signal.aborted) this.#open(ticket);
    } catch {
      if (!trying.signal.aborted) this.#fail();
    }
  }

  #open(ticket: string): void {
    const socket = new WebSocket(this.options.address(ticket));
    this.#socket = socket;
    // A socket that was dropped may still speak; only the present one counts.
    socket.onmessage = ({ data }) => socket === this.#socket && this.#receive(data);
    socket.onclose = () => socket === this.#socket && this.#fail();
  }

  #receive(data: unknown): void {
    const message = readMessage(data);
    if (!message) return;
    if (message.type === "hello") {
      clearTimeout(this.#timer);
      this.#failures = 0;
      this.#setPhase({ name: "open" });
    }
    this.options.onMessage(message);
  }

  #fail(): void {
    this.#drop();
    this.#failures += 1;
    const delay = retryDelay(this.#failures, (this.options.random ?? Math.random)());
    this.#setPhase({ name: "waiting", retryAt: Date.now() + delay });
    this.#timer = setTimeout(() => void this.#connect(), delay);
  }

  #rest(): void {
    this.#drop();
    this.#setPhase({ name: "resting" });
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#trying?.abort();
    this.#trying = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #onVisibility = (): void => {
    clearTimeout(this.#hiddenTimer);
    if (document.hidden) this.#hiddenTimer = setTimeout(() => this.#rest(), HIDDEN_MS);
    else if (this.#phase === "resting") void this.#connect();
  };

  #onOnline = (): void => {
    if (this.#phase === "waiting") void this.#connect();
  };
}

function readMessage(data: unknown): LiveMessage | undefined {
  try {
    const message = JSON.parse(String(data)) as LiveMessage;
    return message.type === "hello" || message.type === "metrics_update" ? message : undefined;
  } catch {
    // What is no message of ours changes nothing; the next one brings the whole state.
    return undefined;
  }
}
