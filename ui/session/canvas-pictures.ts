import { signal, type ReadonlySignal } from "@preact/signals-core";
import type { Asset } from "#domain/asset";
import type { PanelEnd } from "#domain/channel";
import type { RelayClient } from "#domain/relay-client";
import type { LayerPicture } from "./layer-pictures.ts";
import { readLayerBytes } from "./read-layer-bytes.ts";
import { findKept, uploadBytes } from "./upload-bytes.ts";

/** The longer side at which a layer is drawn for a model (figma-platform.md 11.2). */
const drawnPx = 1536;

/** The pictures of layers that this panel has read and the relay has. */
export interface CanvasPictures {
  /** By {@link LayerPicture.key}. */
  readonly read: ReadonlySignal<ReadonlyMap<string, Asset>>;
  /** Brings pictures to the relay; gives back the sentences of those that could not be. */
  readonly bring: (
    relay: RelayClient,
    pictures: readonly LayerPicture[],
  ) => Promise<readonly string[]>;
}

/** Pictures of layers, none read at first. A layer that is drawn is read anew each time. */
export function createCanvasPictures(channel: PanelEnd): CanvasPictures {
  const read = signal<ReadonlyMap<string, Asset>>(new Map());
  const bringOne = async (relay: RelayClient, picture: LayerPicture): Promise<string | null> => {
    if (picture.asset !== null && picture.how !== "drawn") return null;
    const found = await bringPicture(channel, relay, picture);
    if ("message" in found) return found.message;
    read.value = new Map(read.peek()).set(picture.key, found.asset);
    return null;
  };
  return {
    read,
    bring: async (relay, pictures) => {
      const problems: string[] = [];
      for (const picture of pictures) {
        const problem = await bringOne(relay, picture);
        if (problem !== null) problems.push(problem);
      }
      return problems;
    },
  };
}

async function bringPicture(
  channel: PanelEnd,
  relay: RelayClient,
  { layer, how, hash }: LayerPicture,
): Promise<{ readonly asset: Asset } | { readonly message: string }> {
  const kept = hash === null ? null : await findKept(relay, hash);
  if (kept) return { asset: kept };
  const asked = how === "original" ? how : "drawn";
  const read = await readLayerBytes(channel, { layer, how: asked, longestPx: drawnPx });
  return "message" in read ? read : { asset: await uploadBytes(relay, read.bytes) };
}
