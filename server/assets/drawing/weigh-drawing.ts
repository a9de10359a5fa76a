import type { DrawingElement } from "./drawing-element.ts";
import { DrawingRefused } from "./drawing-refused.ts";
import { pointedAt } from "./drawing-rules.ts";
import { tooComplex } from "./parse-drawing.ts";

/** What drawing an element amounts to: how many elements, and how deep they stand in each other. */
interface Weight {
  readonly elements: number;
  readonly depth: number;
}

const most: Weight = { elements: 200_000, depth: 128 };

/**
 * Checks what a drawing amounts to when everything that it points to is drawn where it is pointed at: a
 * few elements can stand for billions of them, or for themselves. Throws DrawingRefused for such ones.
 */
export function weighDrawing(root: DrawingElement): void {
  const byId = new Map<string, DrawingElement>();
  const collect = (element: DrawingElement) => {
    const id = element.attributes.get("id");
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
    for (const child of element.children) if (typeof child !== "string") collect(child);
  };
  collect(root);
  const weights = new Map<DrawingElement, Weight | "open">();
  const weigh = (element: DrawingElement, level: number): Weight => {
    if (level > most.depth) throw tooComplex();
    const known = weights.get(element);
    if (known === "open") throw pointsToItself();
    if (known) return known;
    weights.set(element, "open");
    let elements = 1;
    let depth = 0;
    for (const part of partsOf(element, byId)) {
      const weight = weigh(part, level + 1);
      elements += weight.elements;
      depth = Math.max(depth, weight.depth);
    }
    const weight = { elements, depth: depth + 1 };
    if (weight.elements > most.elements || weight.depth > most.depth) throw tooComplex();
    weights.set(element, weight);
    return weight;
  };
  weigh(root, 1);
}

function partsOf(
  { attributes, children }: DrawingElement,
  byId: ReadonlyMap<string, DrawingElement>,
): DrawingElement[] {
  const parts = children.filter((child) => typeof child !== "string");
  for (const [name, value] of attributes) {
    const target = byId.get(pointedAt(name, value) ?? "");
    if (target) parts.push(target);
  }
  return parts;
}

function pointsToItself(): DrawingRefused {
  const sentence = "The SVG drawing has a part that is made of itself, so that it cannot be shown.";
  return new DrawingRefused("unreadable", sentence);
}
