import { fromBase64, toBase64 } from "../base64.ts";
import { pack, unpack, type Unpacking } from "../vm/codec.ts";

/** A value as clientStorage keeps it: text, with its bytes inside as base64. */
export function packStored(value: unknown): string {
  const { text, buffers } = pack(value);
  return JSON.stringify([text, buffers.map(toBase64)]);
}

/** The value again. */
export function unpackStored(stored: string, world: Unpacking): unknown {
  const [text, buffers] = JSON.parse(stored) as [string, string[]];
  return unpack(text, buffers.map(fromBase64), world);
}
