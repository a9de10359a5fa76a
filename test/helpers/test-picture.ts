import sharp from "sharp";

/** A picture as rows of bytes, for comparing pixel by pixel. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: number;
}

/** Encodes a picture whose pixel at (x, y) has the given red, green, blue and, if any, alpha. */
export async function pngOf(
  widthPx: number,
  heightPx: number,
  pixelAt: (x: number, y: number) => readonly number[],
): Promise<Uint8Array> {
  const channels = pixelAt(0, 0).length === 4 ? 4 : 3;
  const data = new Uint8Array(widthPx * heightPx * channels);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) data.set(pixelAt(x, y), (y * widthPx + x) * channels);
  }
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels } })
    .png()
    .toBuffer();
}

/** Decodes a picture to its bytes. */
export async function rawOf(bytes: Uint8Array): Promise<RawPicture> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return { data, widthPx: info.width, heightPx: info.height, channels: info.channels };
}

/** The values of one pixel. */
export function pixelOf({ data, widthPx, channels }: RawPicture, x: number, y: number): number[] {
  const at = (y * widthPx + x) * channels;
  return Array.from(data.subarray(at, at + channels));
}

/** A picture with fine and coarse detail: rings, a slanted edge and text-like strokes. */
export function detailedPng(widthPx: number, heightPx: number): Promise<Uint8Array> {
  return pngOf(widthPx, heightPx, (x, y) => {
    const distance = Math.hypot(x - widthPx / 3, y - heightPx / 2);
    const rings = 128 + 100 * Math.cos(distance ** 1.35 / 9);
    const isBeyondEdge = x + 0.4 * y > widthPx * 0.8;
    const isStroke = isBeyondEdge && (x + 2 * y) % 37 < 6;
    const red = isBeyondEdge ? (isStroke ? 30 : 225) : rings;
    return [red, (rings + 2 * red) / 3, 255 - red * 0.7].map(Math.round);
  });
}

/** Peak signal-to-noise ratio in decibels: the higher, the closer the two pictures are. */
export function psnrOf(one: RawPicture, other: RawPicture): number {
  if (one.data.length !== other.data.length) throw new RangeError("The pictures differ in size.");
  const squares = one.data.reduce(
    (sum, value, index) => sum + (value - other.data[index]!) ** 2,
    0,
  );
  return 10 * Math.log10(255 ** 2 / (squares / one.data.length));
}
