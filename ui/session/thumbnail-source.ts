import { portTypeOf, type Asset } from "#domain/asset";

/** Where a small picture comes from: an asset of the relay, a layer as it is drawn, a stock library. */
export type ThumbnailSource =
  | { readonly kind: "asset"; readonly asset: Asset; readonly alt: string }
  | { readonly kind: "layer"; readonly layer: string; readonly key: string; readonly alt: string }
  | { readonly kind: "stock"; readonly thumb: string; readonly alt: string };

/** The same for the same picture. */
export function thumbnailKey(source: ThumbnailSource): string {
  if (source.kind === "stock") return source.thumb;
  return source.kind === "asset" ? source.asset.hash : `${source.layer} ${source.key}`;
}

/** Whether there is a small picture at all: a relay makes none of sounds, and none of videos. */
export function hasThumbnail(source: ThumbnailSource): boolean {
  return source.kind !== "asset" || portTypeOf(source.asset) === "image";
}
