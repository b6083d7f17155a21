import { expect, test } from "vitest";
import type { LiveMessage, RecentEvent } from "@/api/types";
import { summary } from "@/testing/people";
import { afterMessage, type Live } from "./useLive";

const start: Live = {
  phase: { name: "open" },
  lastEventAt: undefined,
  today: undefined,
  recent: [],
};

function event(path: string, ts: string): RecentEvent {
  return { ts, event_type: "pageview", path, country: null, source: "direct" };
}

function update(recent: RecentEvent[]): LiveMessage {
  return {
    type: "metrics_update",
    data: {
      timestamp: "2025-09-17T12:00:00Z",
      delta: { visitors: 0, pageviews: recent.length },
      current_summary: summary,
      recent,
    },
  };
}

test("newer events stand above older ones, and each has an id of its own", () => {
  const first = afterMessage(
    start,
    update([event("/a", "2025-09-17T12:00:01Z"), event("/b", "2025-09-17T12:00:02Z")]),
  );
  const second = afterMessage(first, update([event("/c", "2025-09-17T12:00:03Z")]));
  expect(second.recent.map(({ path }) => path)).toEqual(["/c", "/b", "/a"]);
  expect(new Set(second.recent.map(({ id }) => id)).size).toBe(3);
});

test("a new connection begins with what happened before it", () => {
  const before = afterMessage(start, update([event("/a", "2025-09-17T12:00:01Z")]));
  const hello: LiveMessage = {
    type: "hello",
    data: { current_summary: summary, recent: [event("/b", "2025-09-17T12:00:02Z")] },
  };
  const after = afterMessage(before, hello);
  expect(after.recent.map(({ path }) => path)).toEqual(["/b"]);
  expect(after.recent[0]?.id).not.toBe(before.recent[0]?.id);
});

test("only the newest thirty are kept", () => {
  const many = Array.from({ length: 40 }, (_, i) => event(`/${i}`, `2025-09-17T12:00:${10 + i}Z`));
  const live = afterMessage(start, update(many));
  expect(live.recent).toHaveLength(30);
  expect(live.recent[0]?.path).toBe("/39");
});
