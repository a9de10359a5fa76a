import { createHash } from "node:crypto";

/** Draws numbers from 0 up to, not including, 1. */
export type Random = () => number;

/** A sequence of numbers that depends on the text alone: sfc32, started from the text's SHA-256. */
export function createRandom(text: string): Random {
  const digest = createHash("sha256").update(text).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = 1;
  return () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
}

/** A number between the two. */
export function between(random: Random, from: number, to: number): number {
  return from + (to - from) * random();
}

/** One of the values, each as likely as the others. Throws when there is none. */
export function pick<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError("There is nothing to pick from.");
  return value;
}
