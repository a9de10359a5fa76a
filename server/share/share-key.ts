import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { hashSchema } from "#domain/asset";
import { shareTitleSchema } from "#domain/share-title";
import { idSchema } from "#domain/well-formed";

/** What a share link leads to: one asset of one team, and what people call it. */
export interface Shared {
  readonly team: string;
  readonly hash: string;
  readonly title: string;
}

const sharedSchema = z.tuple([idSchema, hashSchema, shareTitleSchema]);
/** No key that is made here is longer: JSON writes a character as six at most. */
const longestKey = 4_000;
const proofBytes = 32;

/**
 * The key of a share link: what it leads to behind an HMAC-SHA256 of it, so that who does not have the
 * secret can make no other key and change nothing in this one. The same for the same.
 */
export function sealShareKey(secret: string, { team, hash, title }: Shared): string {
  const text = Buffer.from(JSON.stringify([team, hash, title]));
  return Buffer.concat([proofOf(secret, text), text]).toString("base64url");
}

/**
 * What a key leads to, or null for one that was not made under the secret of the team it names; that
 * is the same for a key that was altered, for one of a team without links, and for ended links.
 */
export async function openShareKey(
  key: string,
  findSecret: (team: string) => Promise<string | null>,
): Promise<Shared | null> {
  if (key.length > longestKey) return null;
  const bytes = Buffer.from(key, "base64url");
  // Decoding passes over strange characters and spare bits: one link has one form.
  if (bytes.toString("base64url") !== key) return null;
  const text = bytes.subarray(proofBytes);
  const shared = readShared(text.toString("utf8"));
  const secret = shared && (await findSecret(shared.team));
  if (!shared || secret === null) return null;
  const isGenuine = timingSafeEqual(bytes.subarray(0, proofBytes), proofOf(secret, text));
  return isGenuine ? shared : null;
}

function proofOf(secret: string, text: Uint8Array): Buffer {
  return createHmac("sha256", secret).update(text).digest();
}

/** Nothing of it counts before its proof does; it says only whose secret to look for. */
function readShared(text: string): Shared | null {
  try {
    const [team, hash, title] = z.parse(sharedSchema, JSON.parse(text));
    return { team, hash, title };
  } catch {
    return null;
  }
}
