import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import german from "./de.json";
import english from "./en.json";
import spanish from "./es.json";
import french from "./fr.json";

const CATALOGUES: Record<string, Record<string, string>> = {
  de: german,
  fr: french,
  es: spanish,
};
const FORM = /_(?:zero|one|two|few|many|other)$/;

const TEXTS = [...new Set(Object.keys(german).map((key) => key.replace(FORM, "")))];

/** What a text leaves open: its values, and the elements that stand in it. */
function holes(text: string): string[] {
  return (text.match(/\{\{\w+\}\}|<\/?\w+\/?>/g) ?? []).toSorted();
}

test.each(Object.entries(CATALOGUES))("%s has every text, and no other", (language, catalogue) => {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const wanted = TEXTS.flatMap((text) =>
    text.includes("{{count}}") ? forms.map((form) => `${text}_${form}`) : [text],
  );
  expect(Object.keys(catalogue).toSorted()).toEqual(wanted.toSorted());
});

test.each(Object.entries({ ...CATALOGUES, en: english }))(
  "%s leaves open what the text leaves open, and nothing is empty",
  (_language, catalogue) => {
    for (const [key, translated] of Object.entries(catalogue)) {
      expect(holes(translated), key).toEqual(holes(key));
      expect(translated.trim(), key).not.toBe("");
    }
  },
);

test("English has a singular for whatever is counted", () => {
  const counted = TEXTS.filter((text) => text.includes("{{count}}"));
  expect(Object.keys(english).toSorted()).toEqual(counted.map((text) => `${text}_one`).toSorted());
});

const SOURCE = join(import.meta.dirname, "..");

interface Source {
  name: string;
  root: ts.SourceFile;
}

function sources(folder = SOURCE): Source[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === "testing" ? [] : sources(path);
    if (!/\.tsx?$/.test(name) || /\.test\.|\.d\.ts$/.test(name)) return [];
    const text = readFileSync(path, "utf8");
    const root = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    return [{ name: path.slice(SOURCE.length + 1), root }];
  });
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

test("no text is translated that nobody says", () => {
  const said = new Set<string>();
  for (const { root } of sources()) {
    visit(root, (node) => {
      if (ts.isStringLiteralLike(node)) said.add(node.text);
    });
  }
  expect(TEXTS.filter((text) => !said.has(text))).toEqual([]);
});

// Attributes that people read or hear.
const READ = /^(?:aria-label|title|label|legend|hint|placeholder|rule|none|alt)$/;
/** Our own name, and what has to be typed or sent exactly so. */
const AS_IT_IS = new Set([
  "Analytiq",
  "Authorization: Bearer …",
  "localhost",
  "https://intranet.example",
  "smtp.example.com",
  "analytiq@example.com",
  "https://example.com/alarms",
]);
const WORD = /\p{L}{2}/u;

/** Code is the same in every language. */
function isCode(element: ts.Node): boolean {
  return ts.isJsxElement(element) && element.openingElement.tagName.getText() === "code";
}

test("no text stands in a component without being translated", () => {
  const found: string[] = [];
  for (const { name, root } of sources()) {
    const note = (text: string) => {
      if (WORD.test(text) && !AS_IT_IS.has(text.trim())) found.push(`${name}: ${text.trim()}`);
    };
    visit(root, (node) => {
      if (ts.isJsxText(node) && !isCode(node.parent)) note(node.text);
      if (!ts.isJsxAttribute(node) || !READ.test(node.name.getText())) return;
      if (node.initializer && ts.isStringLiteral(node.initializer)) note(node.initializer.text);
    });
  }
  expect(found).toEqual([]);
});
