/**
 * The snippet in a form that survives a tag manager, which drops the data- attributes of a script
 * element written as HTML: the element is made by a script instead. Empty when there is no script.
 */
export function tagManagerSnippet(snippet: string): string {
  // A parsed document runs nothing.
  const script = new DOMParser().parseFromString(snippet, "text/html").querySelector("script");
  if (!script) return "";
  const attributes = [...script.attributes].filter(({ name }) => name !== "defer");
  const lines = attributes.map(
    ({ name, value }) => `  s.setAttribute(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  return [
    "<script>",
    '  var s = document.createElement("script");',
    ...lines,
    "  document.head.appendChild(s);",
    "</script>",
  ].join("\n");
}
