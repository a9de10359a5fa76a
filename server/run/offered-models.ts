import type { Model } from "#domain/model";
import { whereKeyIsSet } from "../providers/provider-key.ts";
import { refreshModels } from "./refresh-models.ts";
import type { RunParts } from "./run-parts.ts";

/**
 * Every model as it is offered to a team: one whose provider has no key says so and whose hand it is in.
 */
export async function offeredModels(
  { providers, keyRing }: Pick<RunParts, "providers" | "keyRing">,
  team: string,
): Promise<Model[]> {
  await refreshModels({ keyRing }, team, providers.list());
  const held = await keyRing.providersWithKey(team);
  return providers.models().map((model) => {
    const provider = providers.find(model.provider);
    const needsKey = provider?.key && provider.key.isOptional !== true;
    if (model.unavailable !== null || !needsKey || held.has(provider.id)) return model;
    const [variable = ""] = provider.key.variables;
    const unavailable = `${model.title} needs a key of ${provider.title}. The relay's owner can set one ${whereKeyIsSet(provider.id)}, or as ${variable}.`;
    return { ...model, unavailable };
  });
}
