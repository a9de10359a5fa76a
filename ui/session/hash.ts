/**
 * SHA-256 (FIPS 180-4) and HMAC (RFC 2104), worked out at once: planning compares fingerprints without
 * waiting, and `crypto.subtle` answers later, or is missing where a page's origin is null.
 */

const roundConstants = fractionsOfPrimes(64, Math.cbrt);
const initialState = fractionsOfPrimes(8, Math.sqrt);
const blockBytes = 64;

/** SHA-256 of a text's UTF-8 bytes, 64 lower-case hexadecimal digits. */
export function hashText(text: string): string {
  return hashBytes(new TextEncoder().encode(text));
}

/** SHA-256 of bytes, 64 lower-case hexadecimal digits. */
export function hashBytes(bytes: Uint8Array): string {
  return toHex(digest(bytes));
}

/** HMAC-SHA-256 of a text under a key, in hexadecimal. */
export function keyedHash(key: string, text: string): string {
  const encoder = new TextEncoder();
  const given = encoder.encode(key);
  const padded = new Uint8Array(blockBytes);
  padded.set(given.length > blockBytes ? digest(given) : given);
  const inner = digest(
    join(
      padded.map((byte) => byte ^ 0x36),
      encoder.encode(text),
    ),
  );
  return toHex(
    digest(
      join(
        padded.map((byte) => byte ^ 0x5c),
        inner,
      ),
    ),
  );
}

function digest(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(initialState);
  const schedule = new Uint32Array(64);
  const wholeBytes = bytes.length - (bytes.length % blockBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < wholeBytes; at += blockBytes) mixBlock(state, schedule, view, at);
  const rest = bytes.length - wholeBytes;
  const tail = new Uint8Array(rest < blockBytes - 8 ? blockBytes : 2 * blockBytes);
  tail.set(bytes.subarray(wholeBytes));
  tail[rest] = 0x80;
  const tailView = new DataView(tail.buffer);
  tailView.setBigUint64(tail.length - 8, BigInt(bytes.length) * 8n);
  for (let at = 0; at < tail.length; at += blockBytes) mixBlock(state, schedule, tailView, at);
  const result = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => result.setUint32(at * 4, word));
  return new Uint8Array(result.buffer);
}

function mixBlock(state: Uint32Array, schedule: Uint32Array, view: DataView, at: number): void {
  for (let word = 0; word < 16; word += 1) schedule[word] = view.getUint32(at + word * 4);
  for (let word = 16; word < 64; word += 1) {
    const late = schedule[word - 2] ?? 0;
    const early = schedule[word - 15] ?? 0;
    const one = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    const other = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    schedule[word] = one + (schedule[word - 7] ?? 0) + other + (schedule[word - 16] ?? 0);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let round = 0; round < 64; round += 1) {
    const mixE = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const choice = (e & f) ^ (~e & g);
    const one = h + mixE + choice + (roundConstants[round] ?? 0) + (schedule[round] ?? 0);
    const mixA = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const other = mixA + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + other) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = (state[index] ?? 0) + word;
  });
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** The standard's constants: the first 32 bits of the fractions of roots of the first primes. */
function fractionsOfPrimes(count: number, root: (value: number) => number): Uint32Array {
  const primes: number[] = [];
  for (let next = 2; primes.length < count; next += 1) {
    if (primes.every((prime) => next % prime !== 0)) primes.push(next);
  }
  return Uint32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
}

function join(one: Uint8Array, other: Uint8Array): Uint8Array {
  const joined = new Uint8Array(one.length + other.length);
  joined.set(one);
  joined.set(other, one.length);
  return joined;
}

/** Bytes as lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
