import { describe, expect, test } from "vitest";
import { lastHours, readHours, stepHours } from "./hours";
import { HOURS_PRESET, writeRange } from "./range";

const ZONE = "Europe/Berlin";
const now = new Date("2025-09-17T12:30:00Z");
const latest = "2025-09-17T15:00:00+02:00";
const before = { from: "2025-09-15", to: "2025-09-16", until: "2025-09-16T15:00:00+02:00" };

describe("the 24 hours", () => {
  test("that are the last end with the one under way", () => {
    expect(lastHours(ZONE, now)).toEqual({ from: "2025-09-16", to: "2025-09-17", until: latest });
  });

  test("before the last are those up to the same time of the day before", () => {
    expect(stepHours(latest, -1, ZONE, now)).toEqual(before);
    expect(stepHours(before.until, -1, ZONE, now)).toEqual({
      from: "2025-09-14",
      to: "2025-09-15",
      until: "2025-09-15T15:00:00+02:00",
    });
  });

  test("after earlier ones are the last ones by their name, and nothing comes after those", () => {
    expect(stepHours(before.until, 1, ZONE, now)).toBe(HOURS_PRESET);
    expect(stepHours("2025-09-16T18:00:00+02:00", 1, ZONE, now)).toBe(HOURS_PRESET);
    expect(stepHours(latest, 1, ZONE, now)).toBeUndefined();
  });

  test("are 24 in a night with a clock change, too", () => {
    const after = new Date("2025-10-26T11:30:00Z");
    expect(stepHours("2025-10-26T13:00:00+01:00", -1, ZONE, after)).toMatchObject({
      until: "2025-10-25T14:00:00+02:00",
    });
  });

  test("that end at midnight belong to the day that it ends", () => {
    const night = stepHours("2025-09-17T00:00:00+02:00", -1, ZONE, now);
    expect(night).toEqual({
      from: "2025-09-14",
      to: "2025-09-15",
      until: "2025-09-16T00:00:00+02:00",
    });
  });

  test("in the address come back as they were written", () => {
    const written = writeRange(
      new URLSearchParams("metric=visits&from=x&to=y"),
      before,
      "2025-09-17",
    );
    expect(written.get("from")).toBeNull();
    expect(readHours(written, ZONE, now)).toEqual(before);
    expect(writeRange(written, HOURS_PRESET, "2025-09-17").toString()).toBe(
      "metric=visits&range=24h",
    );
  });

  test.each([
    "range=24h",
    "range=24h&until=yesterday",
    "range=24h&until=2025-09-17T15:00:00%2B02:00",
    "range=7d&until=2025-09-16T15:00:00%2B02:00",
  ])("are none of their own in %s", (query) => {
    expect(readHours(new URLSearchParams(query), ZONE, now)).toBeUndefined();
  });
});
