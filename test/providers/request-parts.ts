import type { Asset } from "#domain/asset";
import type { Model } from "#domain/model";
import type { AssetInput, ModelRequest } from "../../server/providers/provider.ts";
import { buildPng } from "../helpers/build-png.ts";

/** A picture that is given to a model; what leaves is a small PNG, whatever its stated size. */
export function picture(widthPx = 1_024, heightPx = 768): AssetInput {
  const asset: Asset = {
    hash: "ab".repeat(32),
    mediaType: "image/png",
    bytes: 1_000,
    widthPx,
    heightPx,
    durationMs: null,
  };
  const bytes = smallPng();
  const inSize = (size: { readonly widthPx: number; readonly heightPx: number }) =>
    Promise.resolve({ bytes, mediaType: "image/png" as const, ...size });
  return {
    asset,
    read: () => Promise.resolve(bytes),
    fit: ({ mediaTypes, sidePx }) => {
      const scale = Math.min(1, sidePx / Math.max(widthPx, heightPx));
      const mediaType = mediaTypes.includes("image/png")
        ? "image/png"
        : (mediaTypes[0] ?? "image/png");
      const size = { widthPx: Math.round(widthPx * scale), heightPx: Math.round(heightPx * scale) };
      return Promise.resolve({ bytes, mediaType, ...size });
    },
    asMask: (_, size) => inSize(size),
  };
}

/** The bytes of a small PNG. */
export function smallPng(): Uint8Array {
  return new Uint8Array(buildPng({ widthPx: 2, heightPx: 2 }));
}

/** The default settings of a model's own params, with some changed. */
export function settingsOf(
  model: Pick<Model, "params">,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const defaults = Object.entries(model.params).map(
    ([name, param]) => [name, param.default] as const,
  );
  return { ...Object.fromEntries(defaults), ...changes };
}

/** A request for pictures. */
export function imageRequest(
  settings: Readonly<Record<string, unknown>>,
  changes: Partial<Extract<ModelRequest, { readonly task: "image" }>> = {},
): ModelRequest {
  return {
    task: "image",
    settings,
    prompt: "A red apple",
    references: [],
    mask: null,
    count: 1,
    ...changes,
  };
}

/** A request for a text. */
export function textRequest(
  settings: Readonly<Record<string, unknown>>,
  changes: Partial<Extract<ModelRequest, { readonly task: "text" }>> = {},
): ModelRequest {
  return {
    task: "text",
    settings,
    instruction: "Describe a red apple",
    texts: [],
    references: [],
    listItems: null,
    ...changes,
  };
}

/** A request for a clip. */
export function videoRequest(
  settings: Readonly<Record<string, unknown>>,
  changes: Partial<Extract<ModelRequest, { readonly task: "video" }>> = {},
): ModelRequest {
  return {
    task: "video",
    settings,
    prompt: "A red apple falls",
    first: null,
    last: null,
    references: [],
    audio: null,
    count: 1,
    ...changes,
  };
}

/** A request for a sound. */
export function audioRequest(settings: Readonly<Record<string, unknown>>): ModelRequest {
  return { task: "audio", settings, prompt: "Good morning" };
}
