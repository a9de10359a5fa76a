import type { DrawingElement } from "./drawing-element.ts";
import { holdsText, keptValue } from "./drawing-rules.ts";
import { pixelsOfDrawing, sizeOfDrawing } from "./drawing-size.ts";
import { readStylesheet, styledAttributes, type Stylesheet } from "./drawing-styles.ts";
import { parseDrawing } from "./parse-drawing.ts";
import { weighDrawing } from "./weigh-drawing.ts";

/** A drawing of elements and attributes that only draw, and the pixels that it is taken for. */
export interface RebuiltDrawing {
  readonly svg: string;
  readonly root: DrawingElement;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Builds an SVG drawing anew out of the elements and attributes that only draw: no script, no handler, no
 * address beyond itself, no animation, no CSS and no entity is in what comes out, which rebuilt once more
 * is the same. What CSS said of an element stands in its attributes. Throws DrawingRefused for what
 * cannot be read, has no size, or would take too much to draw.
 */
export function rebuildDrawing(text: string): RebuiltDrawing {
  const parsed = parseDrawing(text);
  const stylesheet = readStylesheet(stylesOf(parsed).join("\n"));
  const rebuilt = rebuild(parsed, stylesheet);
  const { width, height, viewBox } = sizeOfDrawing(rebuilt);
  const attributes = new Map([
    ...rebuilt.attributes,
    ["width", `${width}`],
    ["height", `${height}`],
    ["viewBox", viewBox],
  ]);
  const root = { ...rebuilt, attributes };
  weighDrawing(root);
  return { svg: `${write(root, true)}\n`, root, ...pixelsOfDrawing({ width, height, viewBox }) };
}

function stylesOf(element: DrawingElement): string[] {
  return element.children.flatMap((child) => {
    if (typeof child === "string") return element.name === "style" ? [child] : [];
    return stylesOf(child);
  });
}

function rebuild(element: DrawingElement, stylesheet: Stylesheet): DrawingElement {
  const { name } = element;
  const attributes = new Map<string, string>();
  for (const [attribute, value] of styledAttributes(element, stylesheet)) {
    const kept = keptValue(name, attribute, value);
    if (kept !== null) attributes.set(attribute, kept);
  }
  const children: (DrawingElement | string)[] = [];
  for (const child of element.children) {
    const last = children.at(-1);
    if (typeof child !== "string") {
      if (child.name !== "style") children.push(rebuild(child, stylesheet));
    } else if (holdsText.has(name)) {
      if (typeof last === "string") children[children.length - 1] = keptWords(last + child);
      else children.push(keptWords(child));
    }
  }
  return { name, attributes, children };
}

/** Words without the characters that XML cannot hold; blanks of any kind are one in a drawing. */
function keptWords(words: string): string {
  return words.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]+/gu, " ").replace(/\s+/g, " ");
}

const namespaces = ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';

function write({ name, attributes, children }: DrawingElement, isRoot = false): string {
  const parts = [...attributes].map(([attribute, value]) => {
    // Programs older than SVG 2 know this form alone; newer ones know both.
    const written = attribute === "href" ? "xlink:href" : attribute;
    return ` ${written}="${escape(value)}"`;
  });
  const start = `<${name}${isRoot ? namespaces : ""}${parts.join("")}`;
  if (children.length === 0) return `${start}/>`;
  const inner = children.map((child) => (typeof child === "string" ? escape(child) : write(child)));
  return `${start}>${inner.join("")}</${name}>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? "");
}
