import * as z from "zod";
import { idSchema } from "#domain/well-formed";
import { ownRoutes } from "../declared-routes.ts";
import { proveText, readProven } from "../proven-text.ts";
import { ensureHookSecret, findHookSecret } from "../store/hooks.ts";
import type { RunParts } from "./run-parts.ts";

/** Which try of a call an address for webhooks is for. */
export interface HookAddress {
  readonly provider: string;
  readonly team: string;
  readonly reference: string;
}

const addressSchema = z.tuple([idSchema, idSchema, idSchema]);
/** No secret part that is made here is longer. */
const longestSecret = 2_000;

/**
 * The path at which webhooks about one try are taken. It can neither be guessed nor altered, names the
 * try itself, and is the same whenever it is asked for.
 */
export async function hookPathOf(
  parts: Pick<RunParts, "store" | "newId">,
  { provider, team, reference }: HookAddress,
): Promise<string> {
  const { store, newId } = parts;
  // Each id has 74 random bits: together more than anybody can guess.
  const secret =
    (await findHookSecret(store.database, team)) ??
    (await store.transaction((transaction) =>
      ensureHookSecret(transaction, team, () => newId() + newId()),
    ));
  return ownRoutes.hook.path
    .replace(":provider", provider)
    .replace(":secret", proveText(secret, JSON.stringify([provider, team, reference])));
}

/** Which try the parts of a path lead to; null for all that was not made here, and for a team that is gone. */
export async function openHookPath(
  { store }: Pick<RunParts, "store">,
  path: { readonly provider: string; readonly secret: string },
): Promise<HookAddress | null> {
  const proven = readProven(path.secret, longestSecret);
  const address = proven && readAddress(proven.text);
  if (address?.provider !== path.provider) return null;
  const secret = await findHookSecret(store.database, address.team);
  return secret !== null && proven?.isProvenBy(secret) ? address : null;
}

function readAddress(text: string): HookAddress | null {
  try {
    const [provider, team, reference] = addressSchema.parse(JSON.parse(text));
    return { provider, team, reference };
  } catch {
    return null;
  }
}
