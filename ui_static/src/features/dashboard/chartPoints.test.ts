import { expect, test } from "vitest";
import { timeseries } from "@/testing/people";
import { axisLabel, bucketLabel, chartPoints } from "./chartPoints";

test("the bucket of now is dotted from the one before it", () => {
  const points = chartPoints(timeseries([5, 6, 7]), "visitors");
  expect(points.map(({ done }) => done)).toEqual([5, 6, null]);
  expect(points.map(({ now }) => now)).toEqual([null, 6, 7]);
});

test("buckets still to come are empty, not zero", () => {
  const series = timeseries([5, 6, 0]);
  const points = series.series.visitors;
  series.series.visitors = points.map(({ t, value }, index) => ({
    t,
    value,
    incomplete: index === 1,
  }));
  expect(chartPoints(series, "visitors")[2]).toMatchObject({ done: null, now: null });
});

test("a rate of no visits is a gap, a count of none is zero", () => {
  const series = timeseries([0, 4, 0, 3]);
  expect(chartPoints(series, "bounce_rate").map(({ done }) => done)).toEqual([null, 4, null, null]);
  expect(chartPoints(series, "visits").map(({ done }) => done)).toEqual([0, 4, 0, null]);
  expect(chartPoints(series, "bounce_rate").map(({ alone }) => alone)).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

test("an imported day is a value of its own, in place of the zero that was counted here", () => {
  const series = timeseries([0, 0, 5]);
  const known = { source: "plausible", visitors: 38, visits: null, pageviews: 101 };
  series.imported = [{ t: "2025-09-12", ...known, bounce_rate: 50, avg_time: null }];
  const values = (name: "visitors" | "visits" | "load_ms") =>
    chartPoints(series, name).map(({ done, now, imported }) => [imported, done ?? now]);
  expect(values("visitors")).toEqual([
    [null, 0],
    [38, null],
    [null, 5],
  ]);
  expect(values("visits")[1]).toEqual([null, 0]);
  expect(values("load_ms")[1]?.[0]).toBeNull();
});

test("labels say the hour, and the day at midnight", () => {
  expect(axisLabel("2025-09-17T14:00:00+01:00", "hour")).toBe("14:00");
  expect(axisLabel("2025-09-17T00:00:00+01:00", "hour")).toBe("17 Sept");
  expect(bucketLabel("2025-09-17T14:00:00+01:00", "hour")).toBe("Wed 17 Sept 2025, 14:00");
  expect(bucketLabel("2025-09-15", "week")).toBe("Week from Mon 15 Sept 2025");
});
