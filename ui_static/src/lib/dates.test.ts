import { expect, test } from "vitest";
import {
  addDays,
  firstOfMonth,
  hourEndIn,
  isLocalDate,
  lastOfMonth,
  sinceLabel,
  todayIn,
} from "./dates";

test("a day after the end of a month is the first of the next", () => {
  expect(addDays("2025-12-31", 1)).toBe("2026-01-01");
  expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
});

test("months end where the calendar says", () => {
  expect(lastOfMonth("2024-02-10")).toBe("2024-02-29");
  expect(lastOfMonth("2025-02-10")).toBe("2025-02-28");
  expect(firstOfMonth("2025-03-31", -1)).toBe("2025-02-01");
  expect(firstOfMonth("2025-12-31", 1)).toBe("2026-01-01");
});

test("only days that exist are dates", () => {
  expect(isLocalDate("2024-02-29")).toBe(true);
  expect(isLocalDate("2025-02-29")).toBe(false);
  expect(isLocalDate("2025-2-9")).toBe(false);
  expect(isLocalDate("")).toBe(false);
});

test("today is the site's day, not the browser's", () => {
  const now = new Date("2025-09-17T23:30:00Z");
  expect(todayIn("Pacific/Kiritimati", now)).toBe("2025-09-18");
  expect(todayIn("America/New_York", now)).toBe("2025-09-17");
});

test.each([
  ["UTC", "2025-09-18T00:00:00+00:00"],
  ["America/New_York", "2025-09-17T20:00:00-04:00"],
  ["Asia/Kathmandu", "2025-09-18T06:00:00+05:45"],
])("the hour under way ends on the clocks of %s", (timezone, end) => {
  expect(hourEndIn(timezone, new Date("2025-09-17T23:30:00Z"))).toBe(end);
});

test("what happened today shows its time, what happened before its day", () => {
  const now = new Date("2025-09-17T12:00:00Z");
  expect(sinceLabel("2025-09-17T09:05:00Z", "Europe/Lisbon", now)).toBe("10:05");
  expect(sinceLabel("2025-09-10T09:05:00Z", "Europe/Lisbon", now)).toBe("10 Sept");
});
