import type { ArrivedHook, Hook, Provider } from "../providers/provider.ts";
import { openHookPath } from "./hook-address.ts";
import { keyOfHook } from "./use-key.ts";
import type { RunParts } from "./run-parts.ts";
import { takeHook } from "./take-hook.ts";

/** By less a clock that is kept in time may be moved; it is within every provider's tolerance. */
const leastSetMs = 60_000;

/** A webhook at the border; its body is read once its address has proved to be one of ours. */
export interface HookRequest {
  readonly provider: string;
  readonly secret: string;
  readonly header: (name: string) => string | undefined;
  readonly readBody: () => Promise<Uint8Array>;
}

/**
 * Takes a webhook whose address was made for a call of this provider and whose signature holds; false
 * for every other, whatever is wrong with it. What it says is asked of the provider itself.
 */
export async function receiveHook(parts: RunParts, request: HookRequest): Promise<boolean> {
  const provider = parts.providers.find(request.provider);
  const address = provider?.readHook ? await openHookPath(parts, request) : null;
  if (!provider?.readHook || !address) return false;
  const body = await request.readBody();
  const { header } = request;
  const { reference } = address;
  const key = () => keyOfHook(parts, address);
  const hook = await readAtAnyTime(parts, provider, { body, header, reference, key });
  if (!hook || (hook.reference !== null && hook.reference !== reference)) {
    parts.warn("hook-refused", { code: provider.id });
    return false;
  }
  await takeHook(parts, provider.id, { ...hook, reference });
  return true;
}

/**
 * Reads a webhook by the time of the clock and, where that was set meanwhile, by the one that it would
 * have shown otherwise: either may be the wrong one (reliability.md F33). A repetition does nothing.
 */
async function readAtAnyTime(
  { clock }: RunParts,
  provider: Provider,
  arrived: Omit<ArrivedHook, "nowMs">,
): Promise<Hook | null> {
  const nowMs = clock.nowMs();
  const setByMs = clock.setByMs?.() ?? 0;
  const hook = await read(provider, { ...arrived, nowMs });
  if (hook || Math.abs(setByMs) < leastSetMs) return hook;
  return read(provider, { ...arrived, nowMs: nowMs - setByMs });
}

/** What an adapter does not expect is no webhook of its provider. */
async function read(provider: Provider, arrived: ArrivedHook): Promise<Hook | null> {
  try {
    return (await provider.readHook?.(arrived)) ?? null;
  } catch {
    return null;
  }
}
