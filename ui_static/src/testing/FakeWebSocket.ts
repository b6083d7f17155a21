import type { LiveMessage } from "@/api/types";

/** A WebSocket whose other end is the test. */
export class FakeWebSocket {
  static opened: FakeWebSocket[] = [];

  static get last(): FakeWebSocket {
    const socket = FakeWebSocket.opened.at(-1);
    if (!socket) throw new Error("no WebSocket was opened");
    return socket;
  }

  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  closed = false;

  constructor(readonly url: string) {
    FakeWebSocket.opened.push(this);
  }

  /** The program sends a message. */
  tell(message: LiveMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  /** The connection breaks. */
  breakOff(): void {
    this.closed = true;
    this.onclose?.();
  }

  /** The page closes it. */
  close(): void {
    this.breakOff();
  }
}
