import type { ModelRequest, PictureLimits } from "../provider.ts";
import { megapixelSides, type BflRatio, type BflWire } from "./models.ts";

/** What a FLUX model takes of a reference; larger ones only cost time. */
const pictureLimits: PictureLimits = {
  mediaTypes: ["image/png", "image/jpeg", "image/webp"],
  sidePx: 2048,
  maxBytes: 10_000_000,
};
/** Every side is a multiple of this. */
const gridPx = 16;

type ImageRequest = Extract<ModelRequest, { readonly task: "image" }>;

/**
 * The body of a request (providers.md 4.6): references are `input_image`, `input_image_2` and so on, as
 * plain base64, in the order of their connections.
 */
export async function bflBody(
  { prompt, references, settings }: ImageRequest,
  seed: number,
  { mostReferences }: BflWire,
): Promise<Record<string, unknown>> {
  const pictures = references.filter(({ asset }) => asset.mediaType.startsWith("image/"));
  const fitted = await Promise.all(
    pictures.slice(0, mostReferences).map((picture) => picture.fit(pictureLimits)),
  );
  const { ratio, megapixels, ...own } = settings;
  const [width, height] = sidesOf(String(ratio), Number(megapixels ?? 1));
  return {
    prompt,
    width,
    height,
    seed,
    output_format: own["output_format"],
    safety_tolerance: own["safety_tolerance"],
    ...(own["prompt_upsampling"] !== undefined && { prompt_upsampling: own["prompt_upsampling"] }),
    ...Object.fromEntries(
      fitted.map(({ bytes }, at) => [
        at === 0 ? "input_image" : `input_image_${at + 1}`,
        Buffer.from(bytes).toString("base64"),
      ]),
    ),
  };
}

function sidesOf(ratio: string, megapixels: number): readonly [number, number] {
  const sides = megapixelSides[isRatio(ratio) ? ratio : "1:1"];
  const scale = Math.sqrt(megapixels);
  const onGrid = (sidePx: number) => Math.floor((sidePx * scale) / gridPx) * gridPx;
  return [onGrid(sides[0]), onGrid(sides[1])];
}

function isRatio(ratio: string): ratio is BflRatio {
  return Object.hasOwn(megapixelSides, ratio);
}
