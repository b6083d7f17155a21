/**
 * The snippet in a form that survives a tag manager, which drops the data- attributes of a script
 * element written as HTML: the elements are made by a script instead. Empty when there is no script.
 */
export function tagManagerSnippet(snippet: string): string {
  // A parsed document runs nothing.
  const scripts = new DOMParser().parseFromString(snippet, "text/html").querySelectorAll("script");
  if (!scripts.length) return "";
  return ["<script>", "  var s;", ...[...scripts].flatMap(made), "</script>"].join("\n");
}

function made(script: HTMLScriptElement): string[] {
  const attributes = [...script.attributes].filter(({ name }) => name !== "defer");
  return [
    '  s = document.createElement("script");',
    ...attributes.map(
      ({ name, value }) => `  s.setAttribute(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
    ),
    "  document.head.appendChild(s);",
  ];
}
