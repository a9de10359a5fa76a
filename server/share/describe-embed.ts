import { html } from "hono/html";
import { portTypeOf, type Asset } from "#domain/asset";
import type { Embed } from "../declared-routes.ts";
import type { SharePlace } from "./share-place.ts";
import { siteName } from "./share-words.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The room that a frame takes when nothing better is known; a sound has no size of its own. */
const usualVideo: Size = { width: 1_280, height: 720 };
const soundFrame: Size = { width: 480, height: 200 };
/** The largest side of the picture that is offered; the relay has it as PNG or JPEG. */
const pictureSidePx = 1_024;

/**
 * The oEmbed answer of a shared asset, no larger than there is room: a video and a sound as a frame
 * with their page, which Figma turns into a player, a picture as a photo, a text as a link.
 */
export async function describeEmbed(
  asset: Asset,
  title: string,
  place: SharePlace,
  room: { readonly maxwidth?: number | undefined; readonly maxheight?: number | undefined },
): Promise<Embed> {
  const known = { version: "1.0", title, provider_name: siteName } as const;
  const most = { width: room.maxwidth ?? Infinity, height: room.maxheight ?? Infinity };
  const own = sizeOf(asset) ?? usualVideo;
  const frame = async (size: Size) => ({ html: await drawFrame(place.page, title, size), ...size });
  switch (portTypeOf(asset)) {
    case "image": {
      const width = Math.min(most.width, pictureSidePx);
      const height = Math.min(most.height, pictureSidePx);
      const url = `${place.file}?width=${pictureSidePx}`;
      return { ...known, type: "photo", url, ...fit(own, { width, height }) };
    }
    case "video":
      return { ...known, type: "video", ...(await frame(fit(own, most))) };
    case "audio":
      return { ...known, type: "rich", ...(await frame(fit(soundFrame, most))) };
    case "text":
      return { ...known, type: "link" };
  }
}

function sizeOf({ widthPx, heightPx }: Asset): Size | null {
  return widthPx === null || heightPx === null ? null : { width: widthPx, height: heightPx };
}

/** The size scaled down to what there is room for. */
function fit(size: Size, most: Size): Size {
  const scale = Math.min(1, most.width / size.width, most.height / size.height);
  return {
    width: Math.max(1, Math.floor(size.width * scale)),
    height: Math.max(1, Math.floor(size.height * scale)),
  };
}

async function drawFrame(page: string, title: string, { width, height }: Size): Promise<string> {
  const frame = html`<iframe
    src="${page}"
    title="${title}"
    width="${width}"
    height="${height}"
    allowfullscreen
  ></iframe>`;
  return String(await frame);
}
