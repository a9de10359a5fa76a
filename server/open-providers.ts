import { systemClock } from "./clock.ts";
import type { Egress } from "./egress.ts";
import { openComfyUi } from "./providers/comfyui/index.ts";
import { keptWorkflows } from "./providers/comfyui/kept-workflows.ts";
import { createLocalProvider } from "./providers/local-provider.ts";
import { createProviders } from "./providers/registry.ts";
import type { RelayOptions } from "./relay-options.ts";
import type { Store } from "./store/open-store.ts";

/** What the providers of a relay lean on. */
export interface ProvidersParts {
  readonly egress: Egress;
  readonly store: Store;
  readonly team: string;
}

/** Opens every provider of a relay: its own, those that take a key, the team's workflows, and any others. */
export function openProviders(options: RelayOptions, { egress, store, team }: ProvidersParts) {
  const { declarations = [], providers = [], exposure, comfyUiOrigin = null } = options;
  const clock = systemClock;
  const local = createLocalProvider();
  const publicUrl = exposure?.publicUrl?.origin ?? null;
  const comfyUi = openComfyUi({
    egress,
    clock,
    origin: comfyUiOrigin,
    workflows: keptWorkflows(store, team),
  });
  const all = createProviders(
    [
      local,
      ...declarations.map((declaration) => {
        const ownServer = options.ownServers?.get(declaration.id) ?? null;
        return declaration.open({ egress, clock, publicUrl, ownServer });
      }),
      comfyUi.provider,
      ...providers,
    ],
    options.creditsPerDollar,
  );
  return { all, comfyUi, close: () => local.close() };
}
