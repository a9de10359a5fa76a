import { createHash } from "node:crypto";
import type { ProviderParts } from "./declaration.ts";
import type { ArrivedHook, ProviderCall } from "./provider.ts";

/** The address at which a vendor may call back about a call; null where the relay is not reached. */
export function hookUrlOf(
  { publicUrl }: Pick<ProviderParts, "publicUrl">,
  { hookPath }: Pick<ProviderCall, "hookPath">,
): string | null {
  return publicUrl === null || hookPath === null ? null : `${publicUrl}${hookPath}`;
}

/** A name for a webhook without one of its own: the same bytes are the same webhook. */
export function hookIdOf({ body }: Pick<ArrivedHook, "body">): string {
  return createHash("sha256").update(body).digest("hex");
}
