import { maxAssetBytes, type Asset } from "#domain/asset";
import { longestText, type Item } from "#domain/item";
import { bytesPerSlice } from "#domain/message-parts";
import type { RungContent } from "#domain/place-content";
import { figmaImageLimitPx, ladderFor, type Rung } from "#domain/placement";
import type { RelayClient } from "#domain/relay-client";
import { makeWellFormed } from "#domain/well-formed";
import type { BackgroundParts } from "./background.ts";

/** The ways to show a result, their bytes sent to the main thread under these transfers. */
export interface ResultContent {
  readonly rungs: readonly RungContent[];
  readonly transfers: readonly string[];
}

/** What it takes to bring a result to the main thread. */
export type ContentParts = Pick<BackgroundParts, "channel" | "hello" | "newId" | "linkTo">;

/**
 * Fetches what an item's ladder needs and sends it over, slice by slice. Only what is shown first is
 * fetched; the rungs below it stand for themselves. A link leads to a page of the relay that opens
 * without a token and calls the item `title`. Throws what the relay or the channel throws.
 */
export async function sendContent(
  parts: ContentParts,
  relay: RelayClient,
  item: Item,
  title: string,
): Promise<ResultContent> {
  const transfers: string[] = [];
  const send = async (asset: Asset, isDerived: boolean): Promise<string> => {
    const query: Record<string, string> = isDerived ? { for: "figma" } : {};
    const path = { hash: asset.hash };
    const bytes = await relay.call("assetGet", { path, query, body: undefined });
    const transfer = parts.newId();
    transfers.push(transfer);
    for (let from = 0; from === 0 || from < bytes.length; from += bytesPerSlice) {
      const slice = bytes.slice(from, from + bytesPerSlice);
      await parts.channel.ask("sendSlice", { transfer, from, size: bytes.length, bytes: slice });
    }
    return transfer;
  };
  let link: Promise<string> | null = null;
  const share = ({ hash }: Asset): Promise<string> =>
    (link ??= relay
      .call("shareLink", { path: { hash }, body: { title } })
      .then(({ path }) => parts.linkTo(path)));
  try {
    const rungs: RungContent[] = [];
    for (const rung of ladderFor(item, parts.hello.editor)) {
      const content = await contentOf(relay, item, rung, { send, share });
      if (content) rungs.push(content);
    }
    return { rungs, transfers };
  } catch (error) {
    await dropTransfers(parts, transfers);
    throw error;
  }
}

/** Lets the main thread forget bytes; they may be gone already. */
export async function dropTransfers(
  { channel }: Pick<BackgroundParts, "channel">,
  transfers: readonly string[],
): Promise<void> {
  for (const transfer of transfers) await channel.ask("dropTransfer", { transfer });
}

/** How an asset gets to the main thread, and the link under which people see it. */
interface Ways {
  readonly send: (asset: Asset, isDerived: boolean) => Promise<string>;
  readonly share: (asset: Asset) => Promise<string>;
}

async function contentOf(
  relay: RelayClient,
  item: Item,
  rung: Rung,
  { send, share }: Ways,
): Promise<RungContent | null> {
  if (item.kind === "text") return textContent(rung, item.text);
  const { asset } = item;
  switch (rung.kind) {
    case "image-fill": {
      const size = rung.isDerived ? derivedSize(asset) : sizeOf(asset);
      const picture = { transfer: await send(asset, rung.isDerived), ...size };
      return { kind: "image-fill", picture, link: rung.isDerived ? await share(asset) : null };
    }
    case "video-fill": {
      // The main thread takes no more than an upload may have.
      if (asset.bytes > maxAssetBytes) return null;
      return { kind: "video-fill", transfer: await send(asset, false), ...sizeOf(asset) };
    }
    case "link-preview":
      return { kind: "link-preview", link: await share(asset) };
    case "poster-with-link":
      return { kind: "poster-with-link", picture: null, link: await share(asset) };
    case "sound-card":
      return {
        kind: "sound-card",
        picture: null,
        link: await share(asset),
        durationMs: asset.durationMs,
      };
    case "text-layer":
    case "code-block":
    case "sticky": {
      const path = { hash: asset.hash };
      const bytes = await relay.call("assetGet", { path, body: undefined });
      return textContent(rung, new TextDecoder().decode(bytes));
    }
  }
}

function textContent(rung: Rung, text: string): RungContent | null {
  const isTextual =
    rung.kind === "text-layer" || rung.kind === "code-block" || rung.kind === "sticky";
  if (!isTextual) return null;
  return { kind: rung.kind, text: makeWellFormed(text.slice(0, longestText)) };
}

/** A video of unknown size is taken for the most usual shape; it can be resized by hand. */
function sizeOf({ widthPx, heightPx }: Asset): { widthPx: number; heightPx: number } {
  return { widthPx: widthPx ?? 1_280, heightPx: heightPx ?? 720 };
}

/** The size of the relay's derivative: the original's, within what Figma takes. */
function derivedSize(asset: Asset): { widthPx: number; heightPx: number } {
  const { widthPx, heightPx } = sizeOf(asset);
  const scale = Math.min(1, figmaImageLimitPx / Math.max(widthPx, heightPx));
  return {
    widthPx: Math.max(1, Math.round(widthPx * scale)),
    heightPx: Math.max(1, Math.round(heightPx * scale)),
  };
}
