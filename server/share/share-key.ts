import * as z from "zod";
import { hashSchema } from "#domain/asset";
import { shareTitleSchema } from "#domain/share-title";
import { idSchema } from "#domain/well-formed";
import { proveText, readProven } from "../proven-text.ts";

/** What a share link leads to: one asset of one team, and what people call it. */
export interface Shared {
  readonly team: string;
  readonly hash: string;
  readonly title: string;
}

const sharedSchema = z.tuple([idSchema, hashSchema, shareTitleSchema]);
/** No key that is made here is longer: JSON writes a character as six at most. */
const longestKey = 4_000;

/** The key of a share link: what it leads to, proven under the secret of its team. */
export function sealShareKey(secret: string, { team, hash, title }: Shared): string {
  return proveText(secret, JSON.stringify([team, hash, title]));
}

/**
 * What a key leads to, or null for one that was not made under the secret of the team it names; that
 * is the same for a key that was altered, for one of a team without links, and for ended links.
 */
export async function openShareKey(
  key: string,
  findSecret: (team: string) => Promise<string | null>,
): Promise<Shared | null> {
  const proven = readProven(key, longestKey);
  const shared = proven && readShared(proven.text);
  const secret = shared && (await findSecret(shared.team));
  return shared && secret !== null && proven.isProvenBy(secret) ? shared : null;
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
