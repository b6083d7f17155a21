import { expect, test } from "vitest";
import { tagManagerSnippet } from "./tagManagerSnippet";

test("every attribute is set by the script itself", () => {
  const code = tagManagerSnippet(
    '<script src="https://stats.example/analytics.js" data-site-id="site_1" async defer></script>',
  );
  expect(code).toContain('s.setAttribute("src", "https://stats.example/analytics.js");');
  expect(code).toContain('s.setAttribute("data-site-id", "site_1");');
  expect(code).not.toContain("defer");
});

test("every script of the snippet is made, in order", () => {
  const code = tagManagerSnippet(
    '<script src="/analytics.js"></script>\n<script src="/consent.js"></script>',
  );
  expect(code.match(/"src", "[^"]*"/g)).toEqual(['"src", "/analytics.js"', '"src", "/consent.js"']);
  expect(code.match(/appendChild/g)).toHaveLength(2);
});

test("without a script there is nothing to write", () => {
  expect(tagManagerSnippet("plain text")).toBe("");
});
