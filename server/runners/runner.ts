import type { Asset } from "#domain/asset";
import type { Item } from "#domain/item";
import type { Call } from "#domain/resolve-inputs";
import type { AssetInput, ModelRequest } from "../providers/provider.ts";

/** What a runner works from: one call with its inputs, the checked settings, a way to bytes. */
export interface RunnerInput {
  readonly call: Call;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly open: (asset: Asset) => AssetInput;
}

/** The relay's code for a type of node: from inputs and settings to what is asked of its model. */
export type Runner = (input: RunnerInput) => ModelRequest;

/** The assets at an input, in order. */
export function assetsAt(input: RunnerInput, port: string): AssetInput[] {
  const items: readonly Item[] = input.call.items[port] ?? [];
  return items.flatMap((item) => (item.kind === "asset" ? [input.open(item.asset)] : []));
}

/** The texts at an input, in order. */
export function textsAt(input: RunnerInput, port: string): string[] {
  const items: readonly Item[] = input.call.items[port] ?? [];
  return items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
}

/** The asset at an input that takes one, or null. */
export function assetAt(input: RunnerInput, port: string): AssetInput | null {
  return assetsAt(input, port)[0] ?? null;
}

/** The asset at a required input. Its absence was ruled out by checkGraph, so it throws. */
export function requiredAssetAt(input: RunnerInput, port: string): AssetInput {
  const asset = assetAt(input, port);
  if (!asset) throw new Error(`The input "${port}" is empty although it is required.`);
  return asset;
}

/** A setting that its param declares as a number. */
export function numberSetting(input: RunnerInput, name: string): number {
  const value = input.settings[name];
  if (typeof value !== "number") throw new Error(`The setting "${name}" is not a number.`);
  return value;
}

/** A setting that its param declares as text or a choice. */
export function textSetting(input: RunnerInput, name: string): string {
  const value = input.settings[name];
  if (typeof value !== "string") throw new Error(`The setting "${name}" is not a text.`);
  return value;
}
