/** SHA-1 of the bytes in hex, worked out at once and in any runtime: the web's own digest is a promise. */
export function contentHash(bytes: Uint8Array): string {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(length - 4, (bytes.length * 8) >>> 0);
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const words = new Int32Array(80);
  for (let at = 0; at < length; at += 64) mixBlock(state, words, view, at);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** One block of 64 bytes, as FIPS 180-4, 6.1.2, has it. */
function mixBlock(state: Int32Array, words: Int32Array, view: DataView, at: number): void {
  for (let index = 0; index < 16; index += 1) words[index] = view.getInt32(at + index * 4);
  for (let index = 16; index < 80; index += 1)
    words[index] = rotate(
      word(words, index - 3) ^
        word(words, index - 8) ^
        word(words, index - 14) ^
        word(words, index - 16),
      1,
    );
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let index = 0; index < 80; index += 1) {
    const [mixed, constant] = round(Math.floor(index / 20), b, c, d);
    const next = (rotate(a, 5) + mixed + e + constant + word(words, index)) | 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  for (const [index, value] of [a, b, c, d, e].entries())
    state[index] = (word(state, index) + value) | 0;
}

function round(number: number, b: number, c: number, d: number): readonly [number, number] {
  if (number === 0) return [(b & c) | (~b & d), 0x5a827999];
  if (number === 1) return [b ^ c ^ d, 0x6ed9eba1];
  if (number === 2) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function word(words: Int32Array, index: number): number {
  return words[index] ?? 0;
}
