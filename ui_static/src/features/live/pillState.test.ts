import { expect, test } from "vitest";
import { pillOf } from "./pillState";
import type { Live } from "./useLive";

const now = new Date("2025-09-17T12:00:00Z");
const open: Live = {
  phase: { name: "open" },
  lastEventAt: "2025-09-17T11:58:00Z",
  today: undefined,
  recent: [],
};
const pill = (live: Partial<Live>) => pillOf({ ...open, ...live }, 7, "Europe/Lisbon", now);

test("an event in the last five minutes is receiving", () => {
  expect(pill({})).toEqual({ state: "receiving", text: "live · 7 now" });
});

test("longer ago is quiet, with the site's own time", () => {
  expect(pill({ lastEventAt: "2025-09-17T11:55:00Z" })).toEqual({
    state: "quiet",
    text: "quiet since 12:55",
  });
});

test("no event ever is quiet as well", () => {
  expect(pill({ lastEventAt: null })).toMatchObject({ state: "quiet" });
});

test("the countdown tells whole seconds and then now", () => {
  const waiting = (ms: number) => ({
    phase: { name: "waiting", retryAt: now.getTime() + ms } as const,
  });
  expect(pill(waiting(3_400)).text).toBe("reconnecting in 4 s");
  expect(pill(waiting(-20))).toEqual({ state: "reconnecting", text: "reconnecting now" });
});

test("before the greeting it is connecting", () => {
  expect(pill({ phase: { name: "connecting" } }).state).toBe("connecting");
});
