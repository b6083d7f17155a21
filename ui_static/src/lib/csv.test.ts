import { expect, test } from "vitest";
import { csvText } from "./csv";

test("cells are quoted where they hold what parts them", () => {
  expect(csvText([["a,b", 'say "no"', "two\nlines", "plain", 1.5]])).toBe(
    '"a,b","say ""no""","two\nlines",plain,1.5\r\n',
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '"=1', "'=1", "＝1", "－1"])(
  "no spreadsheet takes %j for a formula",
  (text) => {
    expect(csvText([[text]]).replace(/^"/, "")).toMatch(/^'/);
  },
);

test("numbers below zero stay numbers", () => {
  expect(csvText([[-2]])).toBe("-2\r\n");
});
