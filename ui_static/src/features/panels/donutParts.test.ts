import { expect, test } from "vitest";
import type { BreakdownRow } from "@/api/types";
import { donutParts } from "./donutParts";

function rows(...visits: number[]): BreakdownRow[] {
  return visits.map((count, n) => ({
    value: `value ${n}`,
    visitors: 1,
    visits: count,
    pageviews: 1,
    percent: 0,
  }));
}

test("six values are six parts", () => {
  expect(donutParts(rows(6, 5, 4, 3, 2, 1), "visits").map((part) => part.value)).toEqual([
    6, 5, 4, 3, 2, 1,
  ]);
});

test("of more, all that follow the fifth are one part, and nothing is lost", () => {
  const parts = donutParts(rows(9, 8, 7, 6, 5, 4, 3), "visits");
  expect(parts.map((part) => part.value)).toEqual([9, 8, 7, 6, 5, 7]);
  expect(parts.at(-1)?.name).toBe("Other");
  expect(new Set(parts.map((part) => part.fill)).size).toBe(6);
});
