import { describe, expect, test } from "vitest";
import { type Filter, readFilters, toggleFilter, writeFilters } from "./filters";

const organic: Filter = { dimension: "source", operator: "is", values: ["organic"] };
const boots: Filter = { dimension: "page", operator: "contains", values: ["/boots", "/ß&=#"] };

describe("the filters in the address", () => {
  test("come back as they were written, and leave the rest of it alone", () => {
    const written = writeFilters(new URLSearchParams("range=7d"), [organic, boots]);
    expect(written.get("range")).toBe("7d");
    expect(readFilters(new URLSearchParams(written.toString()))).toEqual([organic, boots]);
  });

  test("are what the program takes", () => {
    expect(writeFilters(new URLSearchParams(), [organic]).get("filters")).toBe(
      '[["source","is",["organic"]]]',
    );
  });

  test("leave nothing behind when the last one goes", () => {
    const before = new URLSearchParams('filters=[["source","is",["organic"]]]');
    expect(writeFilters(before, []).toString()).toBe("");
  });

  test.each([
    "{",
    "7",
    '[["sauce","is",["organic"]]]',
    '[["source","was",["organic"]]]',
    '[["source","is",[]]]',
    '[["source","is",[7]]]',
    '[["source","is"]]',
  ])("without what cannot be read: %s", (text) => {
    expect(readFilters(new URLSearchParams({ filters: text }))).toEqual([]);
  });

  test("keep what can be read beside what cannot", () => {
    const filters = '[["sauce","is",["x"]],["source","is",["organic"]]]';
    expect(readFilters(new URLSearchParams({ filters }))).toEqual([organic]);
  });
});

describe("a click on a row", () => {
  test("asks for its value, and the second click takes that back", () => {
    const once = toggleFilter([], "source", "organic");
    expect(once).toEqual([organic]);
    expect(toggleFilter(once, "source", "organic")).toEqual([]);
  });

  test("widens what a visit has one of", () => {
    expect(toggleFilter([organic], "source", "direct")).toEqual([
      { ...organic, values: ["organic", "direct"] },
    ]);
  });

  test("narrows what a visit has many of", () => {
    const first = toggleFilter([], "page", "/a");
    expect(toggleFilter(first, "page", "/b").map(({ values }) => values)).toEqual([["/a"], ["/b"]]);
  });

  test("leaves several values out of the same dimension together", () => {
    const first = toggleFilter([], "page", "/a", true);
    expect(toggleFilter(first, "page", "/b", true)).toEqual([
      { dimension: "page", operator: "is not", values: ["/a", "/b"] },
    ]);
  });

  test("never asks for a value and leaves it out at once", () => {
    const left = toggleFilter([organic], "source", "organic", true);
    expect(left).toEqual([{ ...organic, operator: "is not" }]);
    expect(toggleFilter(left, "source", "organic")).toEqual([organic]);
  });
});
