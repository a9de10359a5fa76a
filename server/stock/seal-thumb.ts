import * as z from "zod";
import { proveText, readProven } from "../proven-text.ts";
import { addressSchema } from "./ask-stock.ts";

const thumbSchema = z.tuple([z.literal("stock"), z.string(), addressSchema]);
/** Addresses have 4,000 characters at most. */
const longestThumb = 8_000;

/**
 * A small picture's address, proven under the team's secret: the relay fetches what a library showed to
 * the team and no other address, and any process of it can tell.
 */
export function sealThumb(secret: string, team: string, address: string): string {
  return proveText(secret, JSON.stringify(["stock", team, address]));
}

/** The address, or null for one that was not made for the team under its secret. */
export function openThumb(secret: string, team: string, thumb: string): string | null {
  const proven = readProven(thumb, longestThumb);
  if (!proven?.isProvenBy(secret)) return null;
  // What is proven was written by the relay; links to shared files are proven under the same secret.
  const read = thumbSchema.safeParse(JSON.parse(proven.text));
  return read.success && read.data[1] === team ? read.data[2] : null;
}
