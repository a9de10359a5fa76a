import { formatCost } from "#domain/cost";
import type { Model } from "#domain/model";
import type { Version } from "#domain/version";
import type { VersionView } from "../node-view.ts";
import type { LookUp } from "./node-references.ts";
import { resultKey } from "./result-layers.ts";
import { formatMoment } from "./words.ts";

/** What versions are shown with. */
export interface VersionContext {
  readonly models: readonly Model[];
  readonly layers: ReadonlyMap<string, string>;
  readonly nowMs: number;
  readonly lookUp: LookUp;
}

/** The kept results of a node as the panel shows them; `versions` newest first. */
export function nodeVersions(versions: readonly Version[], context: VersionContext): VersionView[] {
  return versions.map((version, at) => versionView(version, at === 0, context));
}

function versionView(
  version: Version,
  isCurrent: boolean,
  { models, layers, nowMs, lookUp }: VersionContext,
): VersionView {
  const { id, node, run, items } = version;
  const atText = formatMoment(version.atMs, nowMs);
  const prompts = [...new Set(version.prompts)].filter((prompt) => prompt !== "");
  return {
    id,
    atText,
    member: version.member,
    modelTitle: models.find((model) => model.id === version.model)?.title ?? version.model,
    priceText: formatCost(version, version.priceBasis),
    prompt: prompts.length === 0 ? null : prompts.join("\n\n"),
    seed: version.seeds[0] ?? null,
    notes: version.notes,
    isCurrent,
    results: items.map((item, index) => ({
      index,
      item,
      thumbnail:
        item.kind === "asset"
          ? lookUp({ kind: "asset", asset: item.asset, alt: `Result ${index + 1} of ${atText}` })
          : null,
      onCanvas: layers.get(resultKey(run, node, index)) ?? null,
    })),
  };
}
