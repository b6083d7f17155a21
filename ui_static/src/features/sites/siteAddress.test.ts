import { expect, test } from "vitest";
import { shortAddress, siteAddress } from "./siteAddress";

test("a bare host means https", () => {
  expect(siteAddress(" shoes.example ")).toBe("https://shoes.example");
  expect(siteAddress("http://shoes.example")).toBe("http://shoes.example");
});

test("an address is shown without what goes without saying", () => {
  expect(shortAddress("https://shoes.example/")).toBe("shoes.example");
});
