import { KeyUnreadable } from "../keys/key-ring.ts";
import type { Provider } from "../providers/provider.ts";
import type { RunParts } from "./run-parts.ts";

/** Brings the models of some providers up to date, as a team sees them; takes a moment at most. */
export async function refreshModels(
  { keyRing }: Pick<RunParts, "keyRing">,
  team: string,
  providers: readonly Provider[],
): Promise<void> {
  await Promise.all(
    providers.map(async (provider) => {
      if (!provider.refresh) return;
      const key = provider.key ? await newestKey(keyRing, team, provider) : null;
      await provider.refresh({ key });
    }),
  );
}

/** A key that cannot be opened is none: the call that needs it will say so. */
async function newestKey(keyRing: RunParts["keyRing"], team: string, { id }: Provider) {
  try {
    return await keyRing.newest(team, id);
  } catch (error) {
    if (error instanceof KeyUnreadable) return null;
    throw error;
  }
}
