import { randomFillSync } from "node:crypto";
import { crc32, createDeflate, deflateSync } from "node:zlib";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const channelsOf = { 0: 1, 2: 3, 6: 4 } as const;

/** What a PNG says of itself, and what it holds. */
export interface PngOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Bits of a channel. */
  readonly depth?: 1 | 8 | 16;
  /** 0 grey, 2 colour, 6 colour with alpha. */
  readonly colour?: keyof typeof channelsOf;
  /** Rows of pixels that are really there; all unless said. */
  readonly rows?: number;
}

/** A black PNG, chunk by chunk, also one that lies about its size. */
export function buildPng(options: PngOptions): Buffer {
  const rows = Buffer.alloc(rowBytes(options) * (options.rows ?? options.heightPx));
  const data = chunkOf("IDAT", deflateSync(rows, { level: 1 }));
  return Buffer.concat([signature, header(options), data, chunkOf("IEND", Buffer.alloc(0))]);
}

/** A PNG of noise, which cannot be compressed, without ever holding it whole. */
export async function* noisePng(widthPx: number, heightPx: number): AsyncGenerator<Uint8Array> {
  const options = { widthPx, heightPx };
  yield Buffer.concat([signature, header(options)]);
  const deflate = createDeflate({ level: 0 });
  const fill = async () => {
    for (let row = 0; row < heightPx; row += 1) {
      const bytes = randomFillSync(Buffer.alloc(rowBytes(options)));
      bytes[0] = 0;
      if (!deflate.write(bytes)) await new Promise((resolve) => deflate.once("drain", resolve));
    }
    deflate.end();
  };
  const filled = fill();
  for await (const data of deflate) yield chunkOf("IDAT", data as Buffer);
  await filled;
  yield chunkOf("IEND", Buffer.alloc(0));
}

/** One chunk of a PNG. */
export function chunkOf(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

function header({ widthPx, heightPx, depth = 8, colour = 2 }: PngOptions): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(widthPx, 0);
  data.writeUInt32BE(heightPx, 4);
  data[8] = depth;
  data[9] = colour;
  return chunkOf("IHDR", data);
}

function rowBytes({ widthPx, depth = 8, colour = 2 }: PngOptions): number {
  return 1 + Math.ceil((widthPx * channelsOf[colour] * depth) / 8);
}
