import { toBase64 } from "../base64.ts";
import type { FigmaDocument } from "../model/document.ts";
import type { StoredImage } from "../model/image-store.ts";

/** What a drawing needs from its file, and how it is to come out. */
export interface Drawing {
  readonly document: FigmaDocument;
  /** Definitions met on the way: clips, gradients, patterns, shadows. */
  readonly definitions: string[];
  /** Begins every id of a definition: drawings that share a page must not share ids. */
  readonly prefix: string;
  /** Where a picture's bytes are read from. */
  readonly addressOf: (image: StoredImage) => string;
  /** Whether each layer's part is a group that names its layer, for a page to find it by. */
  readonly marksLayers: boolean;
}

/** A drawing that stands alone: pictures inside it, no marks. */
export function createDrawing(document: FigmaDocument): Drawing {
  return {
    document,
    definitions: [],
    prefix: "",
    addressOf: ({ mediaType, bytes }) => `data:${mediaType};base64,${toBase64(bytes)}`,
    marksLayers: false,
  };
}

/** A new id for a definition of that kind. */
export function definitionId(drawing: Drawing, kind: string): string {
  return `${drawing.prefix}${kind}${drawing.definitions.length}`;
}

/** A colour of Figma's as CSS writes it; black when there is none. */
export function cssColor(
  color: { readonly r: number; readonly g: number; readonly b: number } | undefined,
): string {
  const { r, g, b } = color ?? { r: 0, g: 0, b: 0 };
  return `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(",")})`;
}

/** A number as an attribute may carry it: what a file says was checked by nobody. */
export function finite(value: unknown): number {
  const number = Number(value);
  return Number.isFinite(number) ? number : 0;
}

/** Text of the canvas as XML may carry it; what XML cannot carry becomes a space. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[\u0000-\u001f\ufffe\uffff]/g, " ");
}
