import { signal } from "@preact/signals-core";
import type { PanelEnd } from "#domain/channel";
import type { RelayClient } from "#domain/relay-client";
import type { Thumbnail } from "../node-view.ts";
import { readLayerBytes } from "./read-layer-bytes.ts";
import type { PageParts } from "./session-parts.ts";
import { hasThumbnail, thumbnailKey, type ThumbnailSource } from "./thumbnail-source.ts";

const widthPx = "256";
/** More are forgotten, the oldest first; a picture of 256 px has some 20 kB. */
const mostKept = 300;

/** Small pictures, fetched when they are first looked up. */
export interface Thumbnails {
  /** The picture if it is there; it is fetched otherwise, and whoever looked hears of it. */
  readonly lookUp: (source: ThumbnailSource) => Thumbnail | null;
  readonly stop: () => void;
}

/** What small pictures are fetched with. */
export interface ThumbnailParts {
  readonly channel: PanelEnd;
  readonly page: PageParts;
  readonly relay: () => RelayClient | null;
}

/** Small pictures of assets and layers, a few fetched at a time; one that failed is not asked for again. */
export function createThumbnails({ channel, page, relay }: ThumbnailParts): Thumbnails {
  const urls = signal<ReadonlyMap<string, string | null>>(new Map());
  const waiting: ThumbnailSource[] = [];
  const asked = new Set<string>();
  let isFetching = false;
  const keep = (key: string, url: string | null) => {
    const next = new Map(urls.peek()).set(key, url);
    for (const [oldest, old] of next) {
      if (next.size <= mostKept) break;
      next.delete(oldest);
      asked.delete(oldest);
      if (old !== null) page.dropUrl(old);
    }
    urls.value = next;
  };
  const fetchAll = async () => {
    isFetching = true;
    for (let source = waiting.shift(); source; source = waiting.shift()) {
      const bytes = await fetchBytes(channel, relay(), source).catch(() => null);
      const key = thumbnailKey(source);
      if (bytes === null && relay() === null) asked.delete(key);
      else keep(key, bytes && page.makeUrl(bytes, "image/png"));
    }
    isFetching = false;
  };
  return {
    lookUp: (source) => {
      const url = urls.value.get(thumbnailKey(source));
      const canFetch = source.kind === "layer" || relay() !== null;
      if (
        url === undefined &&
        canFetch &&
        hasThumbnail(source) &&
        !asked.has(thumbnailKey(source))
      ) {
        asked.add(thumbnailKey(source));
        waiting.push(source);
        // Looked up while a view is worked out, where nothing may change yet.
        if (!isFetching) void Promise.resolve().then(() => (isFetching ? undefined : fetchAll()));
      }
      return url == null ? null : { url, alt: source.alt };
    },
    stop: () => {
      for (const url of urls.peek().values()) if (url !== null) page.dropUrl(url);
    },
  };
}

async function fetchBytes(
  channel: PanelEnd,
  relay: RelayClient | null,
  source: ThumbnailSource,
): Promise<Uint8Array | null> {
  if (source.kind === "layer") {
    const ask = { layer: source.layer, how: "drawn", longestPx: Number(widthPx) } as const;
    const read = await readLayerBytes(channel, ask);
    return "bytes" in read ? read.bytes : null;
  }
  if (!relay) return null;
  if (source.kind === "stock") {
    return relay.call("stockThumb", { query: { thumb: source.thumb }, body: undefined });
  }
  const path = { hash: source.asset.hash };
  return relay.call("assetGet", { path, query: { width: widthPx }, body: undefined });
}
