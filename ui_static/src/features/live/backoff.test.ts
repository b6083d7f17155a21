import { expect, test } from "vitest";
import { retryDelay } from "./backoff";

test("the wait doubles from one second to thirty", () => {
  const shortest = [1, 2, 3, 4, 5, 6, 20].map((failures) => retryDelay(failures, 0));
  expect(shortest).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
});

test("chance spreads it over as much again, never beyond thirty seconds", () => {
  expect(retryDelay(1, 0.5)).toBe(1_500);
  expect(retryDelay(20, 0.999999)).toBe(30_000);
});
