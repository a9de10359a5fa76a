import type { AskOf } from "#domain/channel";
import { findLayer } from "../find-layer.ts";
import { topFill } from "./read-picture-facts.ts";

/** A picture that was asked for: its bytes, or why there are none, in a sentence. */
export type ReadPicture = { readonly bytes: Uint8Array } | { readonly message: string };

/**
 * Reads the picture of a layer: the bytes of its image as they were put in, or a PNG of the layer as
 * it is drawn, at most `longestPx` a side.
 */
export async function readPicture(ask: AskOf<"readPicture">): Promise<ReadPicture> {
  const node = await findLayer(ask.layer);
  if (!node) return { message: "The layer of this picture is gone. Choose another one." };
  if (ask.how === "drawn") return drawPicture(node, ask.longestPx);
  const hash = hashOf(node);
  const image = hash === null ? null : figma.getImageByHash(hash);
  if (!image) return { message: "This layer shows no image. Put an image into it first." };
  return { bytes: await image.getBytesAsync() };
}

function hashOf(node: SceneNode): string | null {
  if (node.type === "MEDIA") return node.mediaData.hash;
  const top = topFill(node);
  return top?.type === "IMAGE" ? top.imageHash : null;
}

async function drawPicture(node: SceneNode, longestPx: number): Promise<ReadPicture> {
  const box = node.absoluteBoundingBox;
  if (!box || !node.visible) {
    return { message: "This layer is hidden, so there is nothing to draw. Show it and try again." };
  }
  const isWide = box.width >= box.height;
  const constraint =
    Math.max(box.width, box.height) > longestPx
      ? { type: isWide ? ("WIDTH" as const) : ("HEIGHT" as const), value: longestPx }
      : { type: "SCALE" as const, value: 1 };
  return { bytes: await node.exportAsync({ format: "PNG", constraint, useAbsoluteBounds: true }) };
}
