import { describe, expect, test } from "vitest";
import { granularityOf, rangeLabel, readRange, stepRange, writeRange } from "./range";

const today = "2025-09-17";
const read = (query: string) => readRange(new URLSearchParams(query), today);
const days = (from: string, to: string) => ({ from, to });

describe("the range in the address", () => {
  test("is the last seven days when nothing is said", () => {
    expect(read("")).toEqual(days("2025-09-11", "2025-09-17"));
  });

  test("is a preset by its name", () => {
    expect(read("range=yesterday")).toEqual(days("2025-09-16", "2025-09-16"));
    expect(read("range=30d")).toEqual(days("2025-08-19", "2025-09-17"));
  });

  test("is two days as they stand", () => {
    expect(read("from=2024-02-01&to=2024-02-29")).toEqual(days("2024-02-01", "2024-02-29"));
  });

  test.each([
    "from=2025-09-20&to=2025-09-10",
    "from=2025-02-30&to=2025-03-01",
    "from=2025-09-01&to=2025-09-18",
    "range=fortnight",
  ])("falls back to the last seven days for %s", (query) => {
    expect(read(query)).toEqual(days("2025-09-11", "2025-09-17"));
  });

  test("is written by name when it is a preset and keeps other parameters", () => {
    const before = new URLSearchParams("tab=pages&from=2025-01-01&to=2025-01-02");
    expect(writeRange(before, days("2025-09-17", "2025-09-17"), today).toString()).toBe(
      "tab=pages&range=today",
    );
  });

  test("is written as two days otherwise", () => {
    const written = writeRange(
      new URLSearchParams("range=7d"),
      days("2025-01-01", "2025-01-03"),
      today,
    );
    expect(written.toString()).toBe("from=2025-01-01&to=2025-01-03");
  });
});

describe("stepping", () => {
  test("moves by the range's own length across the end of a month", () => {
    expect(stepRange(days("2025-02-25", "2025-03-03"), -1, today)).toEqual(
      days("2025-02-18", "2025-02-24"),
    );
    expect(stepRange(days("2024-02-28", "2024-02-28"), 1, today)).toEqual(
      days("2024-02-29", "2024-02-29"),
    );
  });

  test("moves a whole month to a whole month, however long it is", () => {
    expect(stepRange(days("2025-03-01", "2025-03-31"), -1, today)).toEqual(
      days("2025-02-01", "2025-02-28"),
    );
    expect(stepRange(days("2024-01-01", "2024-01-31"), 1, today)).toEqual(
      days("2024-02-01", "2024-02-29"),
    );
    expect(stepRange(days("2025-01-01", "2025-01-31"), -1, today)).toEqual(
      days("2024-12-01", "2024-12-31"),
    );
  });

  test("takes the month under way for a month", () => {
    expect(stepRange(days("2025-08-01", "2025-08-31"), 1, today)).toEqual(
      days("2025-09-01", "2025-09-17"),
    );
    expect(stepRange(days("2025-09-01", "2025-09-17"), -1, today)).toEqual(
      days("2025-08-01", "2025-08-31"),
    );
  });

  test("moves the last seven days by seven even when they begin a month", () => {
    expect(stepRange(days("2025-09-01", "2025-09-07"), -1, "2025-09-07")).toEqual(
      days("2025-08-25", "2025-08-31"),
    );
  });

  test("does not go beyond today", () => {
    expect(stepRange(days("2025-09-11", "2025-09-17"), 1, today)).toBeUndefined();
    expect(stepRange(days("2025-09-08", "2025-09-14"), 1, today)).toEqual(
      days("2025-09-15", "2025-09-17"),
    );
  });
});

test("the granularity follows the length", () => {
  expect(granularityOf(days("2025-09-16", "2025-09-17"))).toBe("hour");
  expect(granularityOf(days("2025-09-15", "2025-09-17"))).toBe("day");
  expect(granularityOf(days("2025-06-10", "2025-09-17"))).toBe("day");
  expect(granularityOf(days("2025-06-09", "2025-09-17"))).toBe("week");
});

test("the label names the preset, or the days with the year where it changes", () => {
  expect(rangeLabel(days("2025-09-11", "2025-09-17"), today)).toBe("Last 7 days");
  expect(rangeLabel(days("2025-08-01", "2025-08-31"), today)).toBe("1 Aug – 31 Aug 2025");
  expect(rangeLabel(days("2024-12-30", "2025-01-02"), today)).toBe("30 Dec 2024 – 2 Jan 2025");
  expect(rangeLabel(days("2025-05-05", "2025-05-05"), today)).toBe("5 May 2025");
});
