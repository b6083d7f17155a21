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

test("without a script there is nothing to write", () => {
  expect(tagManagerSnippet("plain text")).toBe("");
});
