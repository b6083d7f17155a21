import { expect, test } from "vitest";
import { formatCompact, formatCount, formatDuration, formatLoad, formatPercent } from "./format";

// The narrow spaces are written as plain ones here, so that the lines can be read.
const plain = (text: string) => text.replaceAll("\u202f", " ");

test("counts group their digits", () => {
  expect(plain(formatCount(0))).toBe("0");
  expect(plain(formatCount(1_284_000))).toBe("1 284 000");
});

test.each([
  [9_999, "9 999"],
  [10_000, "10k"],
  [12_449, "12.4k"],
  [99_949, "99.9k"],
  [99_951, "100k"],
  [999_499, "999k"],
  [999_500, "1M"],
  [12_840_000, "12.8M"],
])("%d is %s on a tile", (value, text) => {
  expect(plain(formatCompact(value))).toBe(text);
});

test.each([
  [0, "0 s"],
  [59.4, "59 s"],
  [59.6, "1:00 min"],
  [186, "3:06 min"],
  [3_723, "1:02:03 h"],
])("%d seconds are %s", (seconds, text) => {
  expect(plain(formatDuration(seconds))).toBe(text);
});

test.each([
  [640.4, "640 ms"],
  [999.6, "1 s"],
  [1_720, "1.7 s"],
])("%d milliseconds are %s", (milliseconds, text) => {
  expect(plain(formatLoad(milliseconds))).toBe(text);
});

test("percentages keep one decimal where there is one", () => {
  expect(plain(formatPercent(38.44))).toBe("38.4 %");
  expect(plain(formatPercent(38))).toBe("38 %");
});
