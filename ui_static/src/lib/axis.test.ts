import { expect, test } from "vitest";
import { axisTicks } from "./axis";

test("counts are whole even when there are few", () => {
  expect(axisTicks(0, "count")).toEqual([0, 1]);
  expect(axisTicks(3, "count")).toEqual([0, 1, 2, 3]);
  expect(axisTicks(237, "count")).toEqual([0, 100, 200, 300]);
});

test("times step as clocks do", () => {
  expect(axisTicks(200, "seconds")).toEqual([0, 60, 120, 180, 240]);
});

test("percentages end at a hundred", () => {
  expect(axisTicks(97, "percent")).toEqual([0, 25, 50, 75, 100]);
  expect(axisTicks(100, "percent").at(-1)).toBe(100);
});
