import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

function imports(file: string): string[] {
  const source = readFileSync(join(ROOT, file), "utf8");
  return [...source.matchAll(/from "@\/([^"]+)"/g)].map((match) => match[1] as string);
}

test("features know neither each other nor the app", () => {
  const crossings = files("features").flatMap((file) => {
    const own = file.split("/").slice(0, 2).join("/");
    return imports(file)
      .filter((path) => /^(features|app)\//.test(path) && !path.startsWith(`${own}/`))
      .map((path) => `${file} → ${path}`);
  });
  expect(crossings).toEqual([]);
});

test("what is shared knows nothing above it", () => {
  const climbs = ["api", "components", "lib"].flatMap(files).flatMap((file) =>
    imports(file)
      .filter((path) => /^(features|app)\//.test(path))
      .map((path) => `${file} → ${path}`),
  );
  expect(climbs).toEqual([]);
});
