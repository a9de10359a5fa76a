import * as z from "zod/mini";
import { parseJson } from "#domain/parse-json";
import { relayPort } from "#domain/relay";
import { idSchema, textSchema } from "#domain/well-formed";

/** Where a relay on one's own machine answers. */
export const usualAddress = `http://localhost:${relayPort}`;

const addressSchema = textSchema(300).check(
  z.refine((address) => readAddress(address) === address),
);

/** All that this panel keeps outside of the file: which relay it was paired with, and how it proves it. */
export const pairingSchema = z.object({
  address: addressSchema,
  relay: idSchema,
  device: idSchema,
  secret: textSchema(200),
  token: textSchema(500),
});
/** A pairing with a relay. */
export type Pairing = z.infer<typeof pairingSchema>;

/** A code that the playground put there, so that its panel pairs by itself. */
export const pairingOfferSchema = z.object({ address: addressSchema, code: textSchema(20) });

/** What was remembered, where it still can be read. */
export function parseStored<Schema extends z.ZodMiniType>(
  schema: Schema,
  stored: string | null,
): z.output<Schema> | null {
  return z.safeParse(schema, parseJson(stored ?? "null")).data ?? null;
}

/**
 * The origin that a person means by what they typed, or null where none can be meant. Only this
 * computer is spoken to without encryption.
 */
export function readAddress(typed: string): string | null {
  const text = typed.trim();
  const isNamed = /^[a-z]+:\/\//i.test(text);
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/i.test(text);
  try {
    const url = new URL(isNamed ? text : `${isLocal ? "http" : "https"}://${text}`);
    const isOwn = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
    const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isOwn);
    return isSafe && url.hostname !== "" && !url.username && !url.password ? url.origin : null;
  } catch {
    return null;
  }
}
