import { expect, test } from "vitest";
import { changeSinceYesterday } from "./change";

const text = (today: number, yesterday: number | null) =>
  changeSinceYesterday(today, yesterday)?.text.replaceAll("\u202f", " ");

test("a change is told in whole percent of yesterday", () => {
  expect(text(15, 10)).toBe("50 % more than yesterday by this time");
  expect(text(5, 10)).toBe("50 % fewer than yesterday by this time");
  expect(text(0, 10)).toBe("100 % fewer than yesterday by this time");
  expect(text(25_000, 10)).toBe("249 900 % more than yesterday by this time");
});

test("less than half a percent is told in visitors", () => {
  expect(text(1001, 1000)).toBe("1 more than yesterday by this time");
});

test("what cannot be divided by is said in words", () => {
  expect(text(7, 0)).toBe("none yesterday by this time");
  expect(text(7, 7)).toBe("as many as yesterday by this time");
});

test("nothing is compared when there is nothing, or when the day is too young", () => {
  expect(text(0, 0)).toBeUndefined();
  expect(text(3, null)).toBeUndefined();
});
