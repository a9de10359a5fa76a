import { readFile } from "node:fs/promises";
import sharp from "sharp";
import type { InspectionReply } from "../inspection.ts";
import { drawDrawing, shownSidePx } from "./draw-drawing.ts";
import type { DrawingElement } from "./drawing-element.ts";
import { DrawingRefused } from "./drawing-refused.ts";
import { embeddedPicture } from "./drawing-rules.ts";
import { drawingLimits } from "./parse-drawing.ts";
import { rebuildDrawing } from "./rebuild-drawing.ts";

/** Pixels of all pictures within a drawing together. */
const mostEmbeddedPixels = 16_000_000;

/**
 * Rebuilds an SVG drawing and draws it as large as it is ever shown, which is the only proof that it can
 * be. What does not draw anything is refused like what cannot be made safe.
 */
export async function inspectDrawing(file: string): Promise<InspectionReply> {
  try {
    const { root, ...rebuilt } = rebuildDrawing(await readFile(file, "utf8"));
    checkBytes(rebuilt.svg);
    await checkEmbedded(root);
    const { pixels } = await drawDrawing(rebuilt.svg, rebuilt, shownSidePx(root));
    if (isBlank(pixels)) throw new DrawingRefused("unreadable", "The SVG drawing shows nothing.");
    return { kind: "redrawn", ...rebuilt };
  } catch (error) {
    if (!(error instanceof DrawingRefused)) throw error;
    return { kind: "refused", code: error.code, sentence: error.message };
  }
}

/** What a stylesheet says once stands at each element of the rebuilt drawing. */
function checkBytes(svg: string): void {
  if (Buffer.byteLength(svg) <= drawingLimits.bytes) return;
  const sentence = "The SVG drawing is too large once its styles stand at its elements.";
  throw new DrawingRefused("too-heavy", sentence);
}

/** The pictures within a drawing are what they are said to be, and not too large together. */
async function checkEmbedded(root: DrawingElement): Promise<void> {
  let pixels = 0;
  for (const { format, bytes } of embeddedIn(root)) {
    const claims = await sharp(bytes, { limitInputPixels: false }).metadata();
    pixels += claims.width * claims.height;
    if (claims.format === format && pixels <= mostEmbeddedPixels) continue;
    const sentence = "The SVG drawing holds a picture that is too large or not what it is called.";
    throw new DrawingRefused("too-heavy", sentence);
  }
}

function embeddedIn({ attributes, children }: DrawingElement): ReturnType<typeof list> {
  const own = list(attributes.get("href"));
  return [
    ...own,
    ...children.flatMap((child) => (typeof child === "string" ? [] : embeddedIn(child))),
  ];
}

function list(href = "") {
  const picture = embeddedPicture(href);
  return picture ? [picture] : [];
}

/** Whether every pixel is wholly transparent. */
function isBlank(pixels: Uint8Array): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 0) return false;
  return true;
}
