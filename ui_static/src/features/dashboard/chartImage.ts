const MARGIN = 16;
const TITLE_HEIGHT = 48;
/** Dots for one of the page: sharp on paper and on dense screens. */
const SCALE = 2;

// What the page's styles give a drawing, which has to go with it.
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
] as const;

function takeStyles(from: Element, to: Element): void {
  const styles = getComputedStyle(from);
  for (const name of STYLES) to.setAttribute(name, styles.getPropertyValue(name));
  to.removeAttribute("style");
  to.removeAttribute("class");
  const inside = [...from.children];
  for (const [index, child] of [...to.children].entries()) {
    takeStyles(inside[index] as Element, child);
  }
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

interface Words {
  title: string;
  /** Below it, quieter. */
  subtitle: string;
}

function heading({ title, subtitle }: Words, { color, fontFamily }: CSSStyleDeclaration) {
  const said = [
    { text: title, y: MARGIN + 14, "font-size": 14, "font-weight": 600 },
    { text: subtitle, y: MARGIN + 34, "font-size": 12, "font-weight": 400 },
  ];
  return said.map(({ text, ...look }) => {
    const line = element("text", { x: MARGIN, fill: color, "font-family": fontFamily, ...look });
    line.textContent = text;
    return line;
  });
}

/** The chart inside a part of the page as a drawing of its own: with words above it, on the same ground. */
export function standAlone(holder: HTMLElement, words: Words): SVGElement | undefined {
  const chart = holder.querySelector("svg");
  if (!chart) return undefined;
  const { width, height } = chart.getBoundingClientRect();
  const size = { width: width + 2 * MARGIN, height: height + TITLE_HEIGHT + 2 * MARGIN };
  const styles = getComputedStyle(holder);
  const copy = chart.cloneNode(true) as SVGSVGElement;
  takeStyles(chart, copy);
  copy.querySelector("[data-cursor]")?.remove();
  const place = { x: MARGIN, y: MARGIN + TITLE_HEIGHT, width, height };
  for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
  const drawing = element("svg", size);
  const ground = element("rect", { ...size, fill: styles.backgroundColor });
  drawing.append(ground, ...heading(words, styles), copy);
  return drawing;
}

export function svgFile(drawing: SVGElement): Blob {
  const text = new XMLSerializer().serializeToString(drawing);
  return new Blob([text], { type: "image/svg+xml" });
}

/** Rejects where the browser cannot paint the drawing. */
export async function pngFile(drawing: SVGElement): Promise<Blob> {
  const text = new XMLSerializer().serializeToString(drawing);
  const image = new Image();
  // The content security policy allows images from data: addresses, not from blob: ones.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Number(drawing.getAttribute("width")) * SCALE;
  canvas.height = Number(drawing.getAttribute("height")) * SCALE;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("nothing was painted"))));
  });
}
