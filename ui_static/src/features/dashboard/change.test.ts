import { expect, test } from "vitest";
import type { Comparison, MetricName, Report } from "@/api/types";
import { report } from "@/testing/people";
import { changeOf } from "./change";
import { metricNamed } from "./metrics";

const earlier: Comparison = { ...report, date_range: "2025-09-04 to 2025-09-10", until: null };

function change(name: MetricName, now: Partial<Report>, then: Partial<Comparison>) {
  const found = changeOf(metricNamed(name), {
    ...report,
    ...now,
    comparison: { ...earlier, ...then },
  });
  return found && { ...found, full: found.full.replaceAll("\u202f", " ") };
}

test("a count moves by its share, and says of which days", () => {
  expect(change("visitors", { unique_visitors: 112 }, { unique_visitors: 100 })).toMatchObject({
    direction: "up",
    full: "12 % more than 4 Sept – 10 Sept 2025: 100",
    better: true,
  });
});

test("while the range is not over, the earlier days count up to the same time, which is said", () => {
  const until = "2025-09-10T12:05:00Z";
  expect(
    change("visits", { visits: 112, timezone: "Europe/Berlin" }, { visits: 100, until })?.full,
  ).toBe("12 % more than 4 Sept – 10 Sept 2025 up to 14:05: 100");
});

test("a rate moves by points, and less bounce is better", () => {
  const rates = [{ bounce_rate_percent: 38.4 }, { bounce_rate_percent: 40 }] as const;
  expect(change("bounce_rate", ...rates)).toMatchObject({
    direction: "down",
    short: "1.6 points",
    better: true,
  });
});

test("a slower page is worse", () => {
  const times = [{ avg_loading_time_ms: 2000 }, { avg_loading_time_ms: 1000 }] as const;
  expect(change("load_ms", ...times)).toMatchObject({ direction: "up", better: false });
});

test("what did not move is neither better nor worse", () => {
  expect(change("visits", {}, {})).toMatchObject({ direction: "same", better: undefined });
});

test("from nothing there is no share, and an earlier range without visits says nothing", () => {
  expect(change("pageviews", {}, { total_pageviews: 0 })?.short).toBe("from 0");
  expect(change("pageviews", {}, { total_pageviews: 0, visits: 0 })).toBeUndefined();
});

test("there is no conversion without a goal", () => {
  expect(change("conversion_rate", {}, {})).toBeUndefined();
});

test("nothing is compared where nothing was asked for", () => {
  expect(changeOf(metricNamed("visits"), report)).toBeUndefined();
});
