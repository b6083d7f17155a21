import { expect, test } from "vitest";
import type { BreakdownRow } from "@/api/types";
import { PAGE_ROWS, type Ranking, rankHere, sortedBy } from "./ranking";

const FIRST: Ranking = { search: "", sort: "visits", order: "desc", page: 0 };

function row(value: string, visits: number): BreakdownRow {
  return { value, visitors: 1, visits, pageviews: 1, percent: 0 };
}

const COUNTRIES = [row("DE", 3), row("AT", 5), row("CH", 3), row("ES", 1)];

function ranked(wanted: Partial<Ranking>): string[] {
  return rankHere(COUNTRIES, "country", { ...FIRST, ...wanted }).rows.map(({ value }) => value);
}

test("countries are sorted by the names that people read", () => {
  expect(ranked({ sort: "value", order: "asc" })).toEqual(["AT", "DE", "ES", "CH"]);
  expect(ranked({})).toEqual(["AT", "DE", "CH", "ES"]);
  expect(ranked({ order: "asc" })).toEqual(["ES", "DE", "CH", "AT"]);
});

test("countries are found by name and by code", () => {
  expect(ranked({ search: "germ" })).toEqual(["DE"]);
  expect(ranked({ search: "ch" })).toEqual(["CH"]);
});

test("a page holds its rows, and the total is that of all pages", () => {
  const many = Array.from({ length: PAGE_ROWS + 2 }, (_, n) => row(`x${n}`, n));
  const { rows, total } = rankHere(many, "country", { ...FIRST, page: 1 });
  expect(rows.map(({ visits }) => visits)).toEqual([1, 0]);
  expect(total).toBe(PAGE_ROWS + 2);
});

test("a column begins with what one looks for first, turns when pressed again, and goes to the first page", () => {
  const byName = sortedBy({ ...FIRST, page: 3 }, "value");
  expect(byName).toMatchObject({ sort: "value", order: "asc", page: 0 });
  expect(sortedBy(byName, "value").order).toBe("desc");
  expect(sortedBy(byName, "pageviews").order).toBe("desc");
});
