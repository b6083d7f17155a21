import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LiveMessage } from "@/api/types";
import { FakeWebSocket } from "@/testing/FakeWebSocket";
import { summary } from "@/testing/people";
import { LiveConnection, type LivePhase } from "./LiveConnection";

const NOW = new Date("2025-09-17T12:00:00Z");
const hello: LiveMessage = { type: "hello", data: { current_summary: summary, recent: [] } };

let connection: LiveConnection;
let phases: LivePhase[];
let tickets: number;
let hidden: boolean;

const lastPhase = () => phases.at(-1);
const settle = () => vi.advanceTimersByTimeAsync(0);

function begin(fetchTicket = async () => `ticket-${++tickets}`) {
  const onMessage = vi.fn();
  connection = new LiveConnection({
    fetchTicket,
    address: (ticket) => `ws://analytiq.test/ws?token=${ticket}`,
    onPhase: (phase) => phases.push(phase),
    onMessage,
    random: () => 0,
  });
  connection.start();
  return onMessage;
}

function look(away: boolean) {
  hidden = away;
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.stubGlobal("WebSocket", FakeWebSocket);
  FakeWebSocket.opened = [];
  phases = [];
  tickets = 0;
  hidden = false;
  vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
});

afterEach(() => {
  connection.stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("it opens with a ticket and is open when it is greeted", async () => {
  const onMessage = begin();
  await settle();
  expect(FakeWebSocket.last.url).toBe("ws://analytiq.test/ws?token=ticket-1");
  expect(lastPhase()).toEqual({ name: "connecting" });
  FakeWebSocket.last.tell(hello);
  expect(lastPhase()).toEqual({ name: "open" });
  expect(onMessage).toHaveBeenCalledWith(hello);
});

test("a broken connection comes back with a new ticket, later each time", async () => {
  begin();
  await settle();
  FakeWebSocket.last.breakOff();
  expect(lastPhase()).toEqual({ name: "waiting", retryAt: NOW.getTime() + 1_000 });
  await vi.advanceTimersByTimeAsync(999);
  expect(FakeWebSocket.opened).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(FakeWebSocket.last.url).toContain("ticket-2");
  FakeWebSocket.last.breakOff();
  expect(lastPhase()).toEqual({ name: "waiting", retryAt: NOW.getTime() + 3_000 });
});

test("the waits begin anew after a good connection", async () => {
  begin();
  await settle();
  FakeWebSocket.last.breakOff();
  await vi.advanceTimersByTimeAsync(1_000);
  FakeWebSocket.last.tell(hello);
  FakeWebSocket.last.breakOff();
  expect(lastPhase()).toEqual({ name: "waiting", retryAt: Date.now() + 1_000 });
});

test("a refused ticket is tried again", async () => {
  const fetchTicket = vi.fn().mockRejectedValueOnce(new Error("503")).mockResolvedValue("second");
  begin(fetchTicket);
  await settle();
  expect(lastPhase()?.name).toBe("waiting");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeWebSocket.last.url).toContain("second");
});

test("a try without any answer is given up after ten seconds", async () => {
  begin(() => new Promise<string>(() => {}));
  await vi.advanceTimersByTimeAsync(9_999);
  expect(lastPhase()?.name).toBe("connecting");
  await vi.advanceTimersByTimeAsync(1);
  expect(lastPhase()?.name).toBe("waiting");
});

test("a tab hidden for a minute rests until it is looked at", async () => {
  begin();
  await settle();
  FakeWebSocket.last.tell(hello);
  look(true);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(FakeWebSocket.last.closed).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(FakeWebSocket.last.closed).toBe(true);
  expect(lastPhase()).toEqual({ name: "resting" });
  await vi.advanceTimersByTimeAsync(600_000);
  expect(FakeWebSocket.opened).toHaveLength(1);
  look(false);
  await settle();
  expect(FakeWebSocket.opened).toHaveLength(2);
});

test("a short look at another tab changes nothing", async () => {
  begin();
  await settle();
  FakeWebSocket.last.tell(hello);
  look(true);
  await vi.advanceTimersByTimeAsync(30_000);
  look(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeWebSocket.last.closed).toBe(false);
});

test("a network that comes back ends the waiting at once", async () => {
  begin();
  await settle();
  FakeWebSocket.last.breakOff();
  window.dispatchEvent(new Event("online"));
  await settle();
  expect(FakeWebSocket.opened).toHaveLength(2);
});

test("what is no message of ours is passed over", async () => {
  const onMessage = begin();
  await settle();
  FakeWebSocket.last.onmessage?.({ data: "not json" });
  FakeWebSocket.last.onmessage?.({ data: '{"type":"other"}' });
  expect(onMessage).not.toHaveBeenCalled();
});

test("after the stop nothing is opened", async () => {
  begin();
  await settle();
  connection.stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(FakeWebSocket.opened).toHaveLength(1);
  expect(FakeWebSocket.last.closed).toBe(true);
});
