import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { EgressError } from "./egress-error.ts";

const decoders = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/**
 * The bytes of an answer as they are meant, counted after decompression: a few kilobytes can unfold to
 * gigabytes. Answers are asked for uncompressed; hosts that compress all the same are understood in one
 * layer. Throws EgressError "too-large" or "garbled".
 */
export async function* boundedBody(
  body: Readable,
  encoding: string,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of decode(body, encoding) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new EgressError("too-large", true);
    yield chunk;
  }
}

function decode(body: Readable, encoding: string): Readable {
  const name = encoding.trim().toLowerCase();
  if (name === "" || name === "identity") return body;
  const known = Object.entries(decoders).find(([known]) => known === name);
  if (!known) throw new EgressError("garbled", true);
  const decoder = known[1]();
  body.once("error", (error) => decoder.destroy(error));
  decoder.once("close", () => body.destroy());
  return body.pipe(decoder);
}
