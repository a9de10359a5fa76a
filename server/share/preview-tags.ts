import { portTypeOf, type Asset } from "#domain/asset";
import type { SharePlace } from "./share-place.ts";
import { siteName } from "./share-words.ts";

/**
 * What link previews show of a shared asset beside its title: Open Graph tags (https://ogp.me) by their
 * property. A picture is shown as the relay's PNG or JPEG of it, which every site takes.
 */
export function previewTags(asset: Asset, { page, file }: SharePlace): Record<string, string> {
  const usual = { "og:site_name": siteName, "og:url": page };
  const size = (property: string): Record<string, string> =>
    asset.widthPx === null || asset.heightPx === null
      ? {}
      : { [`${property}:width`]: `${asset.widthPx}`, [`${property}:height`]: `${asset.heightPx}` };
  switch (portTypeOf(asset)) {
    case "image":
      return {
        ...usual,
        "og:type": "website",
        "og:image": `${file}?width=1024`,
        "twitter:card": "summary_large_image",
      };
    case "video":
      return {
        ...usual,
        "og:type": "video.other",
        "og:video": file,
        "og:video:type": asset.mediaType,
        ...size("og:video"),
      };
    case "audio":
      return {
        ...usual,
        "og:type": "music.song",
        "og:audio": file,
        "og:audio:type": asset.mediaType,
      };
    case "text":
      return { ...usual, "og:type": "article" };
  }
}
