import type { NodeType } from "#domain/nodes/index";

/** A shape of a glyph, white, in a field of 20 by 20. "up" and "right" are triangles by their tip. */
export interface GlyphShape {
  readonly kind: "bar" | "disc" | "frame" | "star" | "up" | "right";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function at(
  kind: GlyphShape["kind"],
  x: number,
  y: number,
  width: number,
  height: number,
): GlyphShape {
  return { kind, x, y, width, height };
}

/** The sign of each type of node: colour is never the only sign. */
export const glyphs: Readonly<Record<NodeType, readonly GlyphShape[]>> = {
  text: [at("bar", 6, 6, 8, 1.5), at("bar", 9.25, 6, 1.5, 8.5)],
  assistant: [at("star", 4.5, 4.5, 11, 11)],
  "image-generator": [
    at("up", 4.5, 7.5, 8, 7),
    at("up", 9.5, 10, 6, 4.5),
    at("disc", 12, 5.5, 2.75, 2.75),
  ],
  "video-generator": [at("right", 7.75, 5.75, 7, 8.5)],
  "audio-generator": [
    at("bar", 5.5, 8.5, 1.5, 3),
    at("bar", 8, 6.5, 1.5, 7),
    at("bar", 10.5, 5, 1.5, 10),
    at("bar", 13, 8, 1.5, 4),
  ],
  "image-upscaler": [at("frame", 5, 5, 10, 10), at("bar", 7, 9.5, 3.5, 3.5)],
  "camera-angles": [at("frame", 4.5, 6.5, 8, 7), at("up", 12.5, 7.25, 3.5, 5.5)],
  upload: [at("up", 6.25, 5, 7.5, 5), at("bar", 9.25, 9, 1.5, 3), at("bar", 6, 13.5, 8, 1.5)],
  media: [at("frame", 5, 6, 10, 8), at("disc", 7, 8, 2.25, 2.25)],
  list: [6, 9.25, 12.5].flatMap((y) => [
    at("disc", 5.25, y, 1.75, 1.75),
    at("bar", 8.5, y + 0.1, 6, 1.5),
  ]),
};
