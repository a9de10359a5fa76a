import { portTypeOf, type Asset } from "#domain/asset";

/** Where a small picture comes from: an asset of the relay, or a layer as it is drawn. */
export type ThumbnailSource =
  | { readonly kind: "asset"; readonly asset: Asset; readonly alt: string }
  | { readonly kind: "layer"; readonly layer: string; readonly key: string; readonly alt: string };

/** The same for the same picture. */
export function thumbnailKey(source: ThumbnailSource): string {
  return source.kind === "asset" ? source.asset.hash : `${source.layer} ${source.key}`;
}

/** Whether there is a small picture at all: a relay makes none of sounds, and none of videos. */
export function hasThumbnail(source: ThumbnailSource): boolean {
  return source.kind === "layer" || portTypeOf(source.asset) === "image";
}
