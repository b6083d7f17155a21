import { expect, test } from "vitest";
import { embedCode } from "./embedCode";

test("a website's name ends neither the attribute nor the tag it stands in", () => {
  const frame = document.createElement("div");
  frame.innerHTML = embedCode("https://stats.example/share/sh_1", 'Ann\'s "shoes" & <b>boots</b>');
  const [shown, ...others] = frame.children;
  expect(others).toEqual([]);
  expect(shown?.getAttribute("src")).toBe("https://stats.example/share/sh_1");
  expect(shown?.getAttribute("title")).toBe('Visitors of Ann\'s "shoes" & <b>boots</b>');
});
