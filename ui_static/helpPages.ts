import { readFileSync } from "node:fs";
import { lexer, type MarkedToken, type Token, type Tokens } from "marked";
import type { Plugin } from "vite";
import type { Block, Inline } from "./src/features/help/document.ts";

const PREFIX = "virtual:help/";
const RESOLVED = `\0${PREFIX}`;

/** As GitHub makes them, so that an anchor is the same there and here. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replaceAll(" ", "-");
}

function inlines(tokens: Token[] = []): Inline[] {
  return (tokens as MarkedToken[]).flatMap((token): Inline[] => {
    switch (token.type) {
      case "strong":
      case "em":
        return [{ kind: token.type, inside: inlines(token.tokens) }];
      case "codespan":
        return [{ kind: "code", text: token.text }];
      case "link":
        return [{ kind: "link", to: token.href, inside: inlines(token.tokens) }];
      case "br":
        return [{ kind: "text", text: "\n" }];
      case "text":
        if (token.tokens) return inlines(token.tokens);
        return [{ kind: "text", text: token.text }];
      case "escape":
        return [{ kind: "text", text: token.text }];
      default:
        throw new Error(`a help page cannot show ${token.type}: ${token.raw}`);
    }
  });
}

/** A row is found by what stands first in it: "Visitors (`unique_visitors`)" under #visitors. */
function row(cells: Tokens.TableCell[]) {
  const first = cells[0]?.text.replaceAll("`", "").split("(")[0] ?? "";
  return { id: slug(first), cells: cells.map((cell) => inlines(cell.tokens)) };
}

function blocks(tokens: Token[]): Block[] {
  return (tokens as MarkedToken[]).flatMap((token): Block[] => {
    switch (token.type) {
      case "heading":
        return [
          {
            kind: "heading",
            level: token.depth,
            id: slug(token.text.replaceAll("`", "")),
            inside: inlines(token.tokens),
          },
        ];
      case "paragraph":
      case "text":
        return [{ kind: "paragraph", inside: inlines(token.tokens ?? [token]) }];
      case "list":
        return [
          {
            kind: "list",
            ordered: token.ordered,
            items: token.items.map((item) => blocks(item.tokens)),
          },
        ];
      case "table":
        return [
          {
            kind: "table",
            head: token.header.map((cell) => inlines(cell.tokens)),
            rows: token.rows.map(row),
          },
        ];
      case "code":
        return [{ kind: "code", text: token.text }];
      case "space":
        return [];
      default:
        throw new Error(`a help page cannot show ${token.type}: ${token.raw}`);
    }
  });
}

/** The owners' pages of docs/, taken apart when the dashboard is built: no browser has to read Markdown. */
export function helpPages(): Plugin {
  return {
    name: "analytiq-help-pages",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(RESOLVED)) return undefined;
      const file = new URL(`../docs/${id.slice(RESOLVED.length)}.md`, import.meta.url);
      this.addWatchFile(file.pathname);
      return `export default ${JSON.stringify(blocks(lexer(readFileSync(file, "utf8"))))};`;
    },
  };
}
