import { expect, test } from "vitest";
import { agentName } from "./agentName";

test.each([
  [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://g.example)",
    "Googlebot/2.1; +http://g.example",
  ],
  [
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://o.example)",
    "GPTBot/1.2; +https://o.example",
  ],
  ["curl/8.5.0", "curl/8.5.0"],
  ["Mozilla/5.0 (X11) HeadlessChrome/140", "(X11) HeadlessChrome/140"],
])("of %j the name is %j", (userAgent, name) => {
  expect(agentName(userAgent)).toBe(name);
});
