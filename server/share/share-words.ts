import { portTypeOf, type Asset } from "#domain/asset";

/** Who shows a shared asset, as link previews name it. */
export const siteName = "Spaces for Figma";

/** What each kind of asset is called where it has no title. */
const kinds = { image: "Picture", video: "Video", audio: "Sound", text: "Text" } as const;

/** What an asset is called on its page and in link previews. */
export function shareTitle(asset: Pick<Asset, "mediaType">, title: string): string {
  return title.trim() === "" ? kinds[portTypeOf(asset)] : title;
}

/** What is known of an asset, for people: "Picture, 1024 x 768 pixels, 1.4 MB". */
export function shareFacts(asset: Asset): string {
  const { widthPx, heightPx, durationMs, bytes } = asset;
  const size = widthPx !== null && heightPx !== null ? [`${widthPx} x ${heightPx} pixels`] : [];
  const length = durationMs === null ? [] : [`${(durationMs / 1_000).toFixed(1)} seconds`];
  const weight =
    bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
  return [kinds[portTypeOf(asset)], ...size, ...length, weight].join(", ");
}
