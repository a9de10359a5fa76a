import { SaxesParser, type SaxesTagNS } from "saxes";
import type { DrawingElement } from "./drawing-element.ts";
import { DrawingRefused } from "./drawing-refused.ts";
import { holdsText, keptElement } from "./drawing-rules.ts";

const svgNamespace = "http://www.w3.org/2000/svg";
const xlinkNamespace = "http://www.w3.org/1999/xlink";

/**
 * What a drawing may have at most, as it came and as it is rebuilt. Illustrations by models have some
 * thousand elements, 10 deep, in some hundred thousand bytes.
 */
export const drawingLimits = { bytes: 10e6, elements: 50_000, depth: 64 } as const;

interface OpenElement extends DrawingElement {
  readonly children: (OpenElement | string)[];
}

/**
 * Reads the drawing in a text: its drawing elements with all of their attributes, and its stylesheets;
 * everything else is left out. Throws DrawingRefused for what is not well-formed, declares entities, or
 * is larger than {@link drawingLimits}; nothing is unfolded or fetched on the way.
 */
export function parseDrawing(text: string): DrawingElement {
  const parser = new SaxesParser({ xmlns: true, additionalNamespaces: { xlink: xlinkNamespace } });
  const found: { root: OpenElement | null; elements: number; depth: number } = {
    root: null,
    elements: 0,
    depth: 0,
  };
  /** The elements that are open and kept; null for one that is left out with all that it holds. */
  const open: (OpenElement | null)[] = [];
  parser.on("error", () => {
    throw new DrawingRefused("unreadable", "The SVG drawing is damaged: it is not well-formed.");
  });
  parser.on("doctype", (declared) => {
    if (!/[[]|ENTITY/i.test(declared)) return;
    const sentence = "The SVG drawing declares entities of its own, which are not taken.";
    throw new DrawingRefused("unreadable", sentence);
  });
  parser.on("opentag", (tag) => {
    found.elements += 1;
    if (found.elements > drawingLimits.elements || open.length >= drawingLimits.depth) {
      throw tooComplex();
    }
    const parent = open.at(-1);
    const name = parent === null ? null : nameOf(tag);
    const element = name === null ? null : { name, attributes: attributesOf(tag), children: [] };
    if (parent === undefined) found.root = element;
    if (parent && element) parent.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  const take = (words: string) => {
    const element = open.at(-1);
    if (element && (holdsText.has(element.name) || element.name === "style")) {
      element.children.push(words);
    }
  };
  parser.on("text", take);
  parser.on("cdata", take);
  parser.write(text).close();
  if (found.root?.name === "svg") return found.root;
  throw new DrawingRefused("type-unsupported", "The file is no SVG drawing.");
}

/** The refusal of a drawing that would take too much to draw. */
export function tooComplex(): DrawingRefused {
  const sentence = `The SVG drawing is too complex: at most ${drawingLimits.elements} elements, ${drawingLimits.depth} deep, are taken.`;
  return new DrawingRefused("too-heavy", sentence);
}

/** Programs forget the namespace at times, so that none stands for SVG's. */
function nameOf({ uri, local }: SaxesTagNS): string | null {
  return uri === svgNamespace || uri === "" ? keptElement(local) : null;
}

function attributesOf({ attributes }: SaxesTagNS): Map<string, string> {
  const read = new Map<string, string>();
  for (const { uri, local, value } of Object.values(attributes)) {
    const isNewer = uri === "" || (uri === xlinkNamespace && !read.has("href"));
    if (isNewer && (uri === "" || local === "href")) read.set(local, value);
  }
  return read;
}
