import { describe, expect, test } from "vitest";
import {
  granularityOf,
  PRESETS,
  type Preset,
  parseRange,
  rangeLabel,
  readPreset,
  readRange,
  stepRange,
  writeRange,
} from "./range";

const today = "2025-09-17";
const read = (query: string) => readRange(new URLSearchParams(query), today);
const days = (from: string, to: string) => ({ from, to });
const preset = (name: string) => PRESETS.find((each) => each.name === name) as Preset;

describe("the range in the address", () => {
  test("is the last seven days when nothing is said", () => {
    expect(read("")).toEqual(days("2025-09-11", "2025-09-17"));
  });

  test("is a preset by its name", () => {
    expect(read("range=yesterday")).toEqual(days("2025-09-16", "2025-09-16"));
    expect(read("range=30d")).toEqual(days("2025-08-19", "2025-09-17"));
  });

  test.each([
    ["month", "2025-09-01", "2025-09-17"],
    ["last-month", "2025-08-01", "2025-08-31"],
    ["year", "2025-01-01", "2025-09-17"],
    ["12m", "2024-09-18", "2025-09-17"],
  ])("follows the calendar: %s", (name, from, to) => {
    expect(read(`range=${name}`)).toEqual(days(from, to));
  });

  test("keeps the name it was chosen by, also when other names mean the same days", () => {
    const written = writeRange(new URLSearchParams(), preset("month"), "2025-09-07");
    expect(written.toString()).toBe("range=month");
    expect(readPreset(written, "2025-09-07")?.label).toBe("This month");
    expect(readPreset(new URLSearchParams("from=2025-09-01&to=2025-09-07"), today)).toBeUndefined();
  });

  test("of twelve months before a leap day begins with a month", () => {
    expect(preset("12m").of("2024-02-29")).toEqual(days("2023-03-01", "2024-02-29"));
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

describe("the last 24 hours", () => {
  const until = "2025-09-17T15:00:00+02:00";
  const hours = { ...days("2025-09-16", today), until };

  test("are read from the program, too", () => {
    expect(parseRange(`2025-09-16T15:00:00+02:00 to ${until}`)).toEqual(hours);
    expect(parseRange("2025-09-16 to 2025-09-17")).toEqual(days("2025-09-16", today));
    expect(parseRange("the day before")).toBeUndefined();
  });

  test("are shown hour by hour, and named by their end", () => {
    expect(granularityOf(hours)).toBe("hour");
    expect(rangeLabel(hours)).toBe("24 hours to 17 Sept 2025, 15:00");
  });

  test("are not what two typed days are", () => {
    const written = writeRange(new URLSearchParams(), days("2025-09-16", today), today);
    expect(written.toString()).toBe("from=2025-09-16&to=2025-09-17");
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

  test("moves by the kind that was chosen by name", () => {
    const week = days("2025-09-01", "2025-09-07");
    expect(stepRange(week, -1, "2025-09-07", preset("month"))).toEqual(
      days("2025-08-01", "2025-08-31"),
    );
    expect(stepRange(week, -1, "2025-09-07", preset("7d"))).toEqual(
      days("2025-08-25", "2025-08-31"),
    );
  });

  test("moves a whole year to a whole year", () => {
    expect(stepRange(days("2025-01-01", today), -1, today, preset("year"))).toEqual(
      days("2024-01-01", "2024-12-31"),
    );
    expect(stepRange(days("2024-01-01", "2024-12-31"), -1, today)).toEqual(
      days("2023-01-01", "2023-12-31"),
    );
    expect(stepRange(days("2024-01-01", "2024-12-31"), 1, today)).toEqual(
      days("2025-01-01", today),
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
  expect(granularityOf(days("2022-01-01", "2025-09-17"))).toBe("month");
});

test("the label is the days, with the year where it changes", () => {
  expect(rangeLabel(days("2025-08-01", "2025-08-31"))).toBe("1 Aug – 31 Aug 2025");
  expect(rangeLabel(days("2024-12-30", "2025-01-02"))).toBe("30 Dec 2024 – 2 Jan 2025");
  expect(rangeLabel(days("2025-05-05", "2025-05-05"))).toBe("5 May 2025");
});
