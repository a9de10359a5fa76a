import type { PictureFacts } from "#domain/layer";
import type { TypedLayer } from "./found-layer.ts";

/**
 * The picture that a layer shows: a GIF of FigJam, or the topmost visible fill of one of the rest but
 * instances, which are taken as they are drawn. Boards are mostly made of those, and fills cost most.
 */
export function readPictureFacts({ type, node }: TypedLayer): PictureFacts | null {
  if (type === "MEDIA") return { kind: "animation", hash: node.mediaData.hash };
  if (type === "INSTANCE") return null;
  const top = topFill(node);
  if (top?.type === "IMAGE") return { kind: "image", hash: top.imageHash };
  return top?.type === "VIDEO" ? { kind: "video", hash: top.videoHash } : null;
}

/** The topmost visible fill; null where there is none, or where fills differ from letter to letter. */
export function topFill(node: SceneNode): Paint | null {
  if (!("fills" in node)) return null;
  const { fills } = node;
  if (typeof fills === "symbol") return null;
  for (let at = fills.length - 1; at >= 0; at -= 1) {
    const fill = fills[at];
    if (fill && fill.visible !== false) return fill;
  }
  return null;
}
