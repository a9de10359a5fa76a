import { createHmac, timingSafeEqual } from "node:crypto";

/** A proven text as it arrived: nothing of it counts before its proof does. */
export interface ProvenText {
  /** Says whose secret to look for, no more. */
  readonly text: string;
  /** Whether the proof was made under this secret; compared in constant time. */
  readonly isProvenBy: (secret: string) => boolean;
}

const proofBytes = 32;

/**
 * A text behind an HMAC-SHA256 of it, fit for an address: who does not have the secret can make no
 * other one and change nothing in this one. The same for the same.
 */
export function proveText(secret: string, text: string): string {
  const bytes = Buffer.from(text);
  return Buffer.concat([proofOf(secret, bytes), bytes]).toString("base64url");
}

/** Takes a proven text apart, or answers null for what is longer than `longest` or not in its one form. */
export function readProven(proven: string, longest: number): ProvenText | null {
  if (proven.length > longest) return null;
  const bytes = Buffer.from(proven, "base64url");
  // Decoding passes over strange characters and spare bits: one text has one form.
  if (bytes.length < proofBytes || bytes.toString("base64url") !== proven) return null;
  const text = bytes.subarray(proofBytes);
  return {
    text: text.toString("utf8"),
    isProvenBy: (secret) => timingSafeEqual(bytes.subarray(0, proofBytes), proofOf(secret, text)),
  };
}

function proofOf(secret: string, text: Uint8Array): Buffer {
  return createHmac("sha256", secret).update(text).digest();
}
