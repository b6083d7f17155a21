import { expect, test } from "vitest";
import { areaPath, CHART_HEIGHT, chartScale, labelled, linePath } from "./chartScale";

const LABELS = ["0", "50", "100"];
const scale = chartScale(500, 5, 100, LABELS);

test("points lie evenly between the axis and the edge, values between the bottom and the top", () => {
  const gaps = [1, 2, 3, 4].map((index) => scale.x(index) - scale.x(index - 1));
  expect(new Set(gaps.map((gap) => gap.toFixed(6))).size).toBe(1);
  expect([scale.x(0), scale.x(4)]).toEqual([scale.left, scale.right]);
  expect([scale.y(0), scale.y(100)]).toEqual([scale.bottom, scale.top]);
  expect(scale.bottom).toBeLessThan(CHART_HEIGHT);
});

test("the pointer chooses the nearest point, and beyond the ends the last one", () => {
  const between = (scale.x(2) + scale.x(3)) / 2;
  expect([between - 1, between + 1, -100, 10_000].map(scale.nearest)).toEqual([2, 3, 0, 4]);
});

test("a single point stands in the middle", () => {
  const alone = chartScale(500, 1, 100, LABELS);
  expect(alone.x(0)).toBe((alone.left + alone.right) / 2);
  expect(alone.nearest(0)).toBe(0);
});

test("an unknown value breaks the line, and the area ends on the axis there", () => {
  const values = [1, null, 3, 4, null];
  expect(linePath(values, scale).match(/M/g)).toHaveLength(2);
  expect(areaPath(values, scale).match(/Z/g)).toHaveLength(2);
  expect(areaPath(values, scale)).toContain(
    `L${scale.x(3)},${scale.bottom}L${scale.x(2)},${scale.bottom}Z`,
  );
  expect(linePath([null, null], scale)).toBe("");
});

test("labels never touch, and the first point has one", () => {
  const days = Array.from({ length: 90 }, () => "17 Sept");
  const narrow = chartScale(390, days.length, 100, LABELS);
  const shown = labelled(days, narrow);
  expect(shown[0]).toBe(0);
  expect(shown.length).toBeGreaterThan(2);
  for (const [place, index] of shown.slice(1).entries()) {
    expect(narrow.x(index) - narrow.x(shown[place] ?? 0)).toBeGreaterThan(7 * "17 Sept".length);
  }
});
