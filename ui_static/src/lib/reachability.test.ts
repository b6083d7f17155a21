import { expect, test } from "vitest";
import { obstacle, reachOf } from "./reachability";

const title = (script: string, site: string) => obstacle(script, site)?.title;

test.each(["http://localhost:8585/a.js", "http://127.0.0.1:8585/a.js", "http://[::1]:8585/a.js"])(
  "%s is within reach of this computer only",
  (script) => {
    expect(title(script, "https://shoes.example")).toBe("Only this computer can load the script");
  },
);

test.each(["http://192.168.1.20:8585/a.js", "http://10.0.0.2/a.js", "http://box.local/a.js"])(
  "%s is within reach of its own network only",
  (script) => {
    expect(title(script, "https://shoes.example")).toBe(
      "Only your own network can load the script",
    );
  },
);

test("an https page refuses an http script", () => {
  expect(title("http://stats.example/a.js", "https://shoes.example")).toBe(
    "Browsers will refuse the script",
  );
});

test("nothing is in the way of a public address or of trying out at home", () => {
  expect(title("https://stats.example/a.js", "https://shoes.example")).toBeUndefined();
  expect(title("http://127.0.0.1:8585/a.js", "http://localhost:3000")).toBeUndefined();
  expect(title("http://192.168.1.20:8585/a.js", "http://192.168.1.30")).toBeUndefined();
  expect(title("https://10.example.com/a.js", "https://shoes.example")).toBeUndefined();
});

test.each([
  ["http://127.0.0.1:8585", "this computer"],
  ["http://192.168.1.20:8585", "own network"],
  ["https://stats.example", "anywhere"],
  ["no address", undefined],
])("%s is reached by %s", (url, reach) => {
  expect(reachOf(url)).toBe(reach);
});
