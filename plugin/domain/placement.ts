import * as z from "zod/mini";
import { hashSchema, mediaTypeSchema, portTypeOf, type Asset } from "./asset.ts";
import { countSchema } from "./count.ts";
import type { Box, Point } from "./layer.ts";
import type { Item } from "./item.ts";
import { idSchema } from "./well-formed.ts";

/** What every layer that shows a result remembers: what that is, and where it came from. */
const origin = {
  v: z.literal(1),
  src: idSchema,
  asset: z.nullable(hashSchema),
  media: mediaTypeSchema,
};
const marker = {
  ...origin,
  pid: idSchema,
  runId: idSchema,
  port: z.string(),
  idx: countSchema,
  w: z.nullable(z.number()),
  h: z.nullable(z.number()),
};

/** What is left of a result record in a copy (figma-platform.md 11.4). */
export const copiedResultSchema = z.object({ ...origin, self: idSchema });
/** A result record before its layer is drawn. */
export const newResultSchema = z.object(marker);
/** What a layer that holds a result remembers: the marker that makes a placement happen once. */
export const resultRecordSchema = z.object({ ...marker, self: idSchema });
/** What a layer that holds a result remembers. */
export type ResultRecord = z.infer<typeof resultRecordSchema>;

/** What Figma takes as an image: PNG, JPEG or GIF up to 4096 px a side (plugin typings, createImage). */
export const figmaImageLimitPx = 4096;

const gapPx = 80;
const variantGapPx = 16;
const largestResultPx = 512;
const shortTextCharacters = 280;
/** A line that begins like a heading, a list, a quote, a table or code. */
const markdown = /^\s*(#{1,6} |[-*+] |\d+\. |> |\||```)/m;
/** A width and a height in canvas pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size at which a picture lands on the canvas: its own, scaled down to at most 512 px a side. */
export function sizeOnCanvas(picture: Size): Size {
  const scale = Math.min(1, largestResultPx / Math.max(picture.width, picture.height));
  return {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
}

/**
 * The place beside a node for something of this size: right of it at a gap of 80, moved down until it
 * overlaps none of the boxes there.
 */
export function placeBeside(node: Box, size: Size, others: readonly Box[]): Point {
  const x = node.x + node.width + gapPx;
  const inColumn = others
    .filter((box) => box.x < x + size.width && x < box.x + box.width)
    .sort((one, other) => one.y - other.y);
  let { y } = node;
  for (const box of inColumn) {
    const isOverlapping = box.y < y + size.height && y < box.y + box.height;
    if (isOverlapping) y = box.y + box.height + variantGapPx;
  }
  return { x, y };
}

/** The boxes of several results in one row of equal height, in their order, from a corner on. */
export function placeInRow(corner: Point, pictures: readonly Size[]): Box[] {
  const sizes = pictures.map(sizeOnCanvas);
  const height = Math.min(...sizes.map((size) => size.height));
  let { x } = corner;
  return sizes.map((size) => {
    const width = Math.max(1, Math.round((size.width * height) / size.height));
    const box = { x, y: corner.y, width, height };
    x += width + variantGapPx;
    return box;
  });
}

/**
 * The ways to put a result on the canvas, best first; the next is tried when one fails. A derived image
 * is the relay's PNG or JPEG of at most 4096 px, with a link to the original beside it.
 */
export type Rung =
  | { readonly kind: "image-fill"; readonly isDerived: boolean }
  | { readonly kind: "video-fill" }
  | { readonly kind: "link-preview" }
  | { readonly kind: "poster-with-link" }
  | { readonly kind: "sound-card" }
  | { readonly kind: "text-layer" }
  | { readonly kind: "code-block" }
  | { readonly kind: "sticky" };

/** The ladder for a result in an editor (figma-platform.md 11.6, media ladders). */
export function ladderFor(item: Item, editor: "figma" | "figjam"): readonly Rung[] {
  if (item.kind === "text") return textLadder(item.text, editor);
  switch (portTypeOf(item.asset)) {
    case "image":
      return [{ kind: "image-fill", isDerived: !isFigmaImage(item.asset) }];
    case "video":
      return editor === "figjam"
        ? [{ kind: "video-fill" }, { kind: "link-preview" }, { kind: "poster-with-link" }]
        : [{ kind: "video-fill" }, { kind: "poster-with-link" }];
    case "audio":
      return editor === "figjam"
        ? [{ kind: "link-preview" }, { kind: "sound-card" }]
        : [{ kind: "sound-card" }];
    case "text":
      return [{ kind: "text-layer" }];
  }
}

/** FigJam shows code and short remarks in layers of their own; everything else reads best as text. */
function textLadder(text: string, editor: "figma" | "figjam"): readonly Rung[] {
  const last: Rung = { kind: "text-layer" };
  if (editor === "figma") return [last];
  if (/^```[^`]*```$/.test(text.trim())) return [{ kind: "code-block" }, last];
  const isShort = text.length <= shortTextCharacters && !/\n.*\n/s.test(text);
  return isShort && !markdown.test(text) ? [{ kind: "sticky" }, last] : [last];
}

/** Whether Figma takes the bytes as they are; if not, the relay's derivative is placed instead. */
export function isFigmaImage(asset: Asset): boolean {
  const isKnown = ["image/png", "image/jpeg", "image/gif"].includes(asset.mediaType);
  const { widthPx, heightPx } = asset;
  if (!isKnown || widthPx === null || heightPx === null) return false;
  return Math.max(widthPx, heightPx) <= figmaImageLimitPx;
}

/** A layer with the result that it says it holds. */
export interface PlacedLayer {
  readonly id: string;
  readonly record: Pick<ResultRecord, "self" | "pid">;
}

/**
 * The layer that holds each placement, by its pid; of several the one with the smallest id by plain
 * comparison, so that everybody comes to the same one (figma-platform.md 11.6). A copy, whose record
 * names another layer, holds none (11.4).
 */
export function layersByPlacement(layers: Iterable<PlacedLayer>): Map<string, string> {
  const kept = new Map<string, string>();
  for (const { id, record } of layers) {
    const smallest = kept.get(record.pid);
    const isGenuine = record.self === id;
    if (isGenuine && (smallest === undefined || id < smallest)) kept.set(record.pid, id);
  }
  return kept;
}

/** The layers to take away because another one holds the same placement; copies are left alone. */
export function redundantLayers(layers: readonly PlacedLayer[]): string[] {
  const kept = layersByPlacement(layers);
  const genuine = layers.filter(({ id, record }) => record.self === id);
  return genuine.filter(({ id, record }) => kept.get(record.pid) !== id).map(({ id }) => id);
}
