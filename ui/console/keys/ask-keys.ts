import type { PageRelay } from "../relay-of-page.ts";

/** How the relay stands with a provider's key: all that is ever told of it. */
export type ShownKey = Awaited<ReturnType<typeof askKeys>>[number];

/** Every provider that takes a key. Throws as requests do. */
export async function askKeys(relay: PageRelay) {
  return (await relay.command("keys", { body: undefined })).keys;
}

/** How many models each provider has. Throws as requests do. */
export async function askCounts(relay: PageRelay): Promise<ReadonlyMap<string, number>> {
  const { models } = await relay.call("models", { body: undefined });
  const counts = new Map<string, number>();
  for (const { provider, isRetired } of models) {
    if (!isRetired) counts.set(provider, (counts.get(provider) ?? 0) + 1);
  }
  return counts;
}
