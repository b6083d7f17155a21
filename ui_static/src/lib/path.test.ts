import { expect, test } from "vitest";
import { splitPath } from "./path";

test("a path keeps its last part whole", () => {
  expect(splitPath("/products/boots/winter-2026")).toEqual({
    head: "/products/boots",
    tail: "/winter-2026",
  });
  expect(splitPath("/products/boots/")).toEqual({ head: "/products", tail: "/boots/" });
});

test("a short path is all end", () => {
  expect(splitPath("/")).toEqual({ head: "", tail: "/" });
  expect(splitPath("/cart")).toEqual({ head: "", tail: "/cart" });
});
