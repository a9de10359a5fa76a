import type { Asset } from "#domain/asset";
import type { Handler } from "../handler.ts";
import { describeEmbed } from "../share/describe-embed.ts";
import { openShareKey, sealShareKey, type Shared } from "../share/share-key.ts";
import { drawNoSharePage, drawSharePage, type Page } from "../share/share-page.ts";
import { sharePath, sharePlace } from "../share/share-place.ts";
import { shareTitle } from "../share/share-words.ts";
import { findAsset } from "../store/asset-index.ts";
import { referToAssets, releaseAssets } from "../store/asset-references.ts";
import { ensureShareSecret, findShareSecret, replaceShareSecret } from "../store/share-secrets.ts";
import { answerAsset, findForm, gone, readHash } from "./answer-asset.ts";
import type { RouteParts } from "./route-parts.ts";

/** What sharing works with. */
type ShareParts = Pick<RouteParts, "store" | "assets" | "random">;

/** The links of a team; a link itself is nowhere written down, so that they end together. */
const links = { kind: "share", id: "links" } as const;

/** The address of one of the team's assets for people without a token. */
export function shareLink(parts: ShareParts): Handler<"shareLink"> {
  return async ({ caller: { team }, path, body }) => {
    const { store, random } = parts;
    const hash = readHash(path["hash"]);
    const missing = await store.transaction((transaction) =>
      referToAssets(transaction, team, links, [hash]),
    );
    if (missing.length > 0) throw gone();
    const secret =
      (await findShareSecret(store.database, team)) ??
      (await store.transaction((transaction) => ensureShareSecret(transaction, team, random)));
    return { path: sharePath(sealShareKey(secret, { team, hash, title: body.title })) };
  };
}

/** Ends every link of the team. */
export function sharesEnd({ store, random }: ShareParts): Handler<"sharesEnd"> {
  return async ({ caller }) => {
    await store.transaction(async (transaction) => {
      await releaseAssets(transaction, caller.team, links);
      await replaceShareSecret(transaction, caller.team, random);
    });
    return {};
  };
}

/** The page of a shared asset; people who follow a dead link are told so in a page, too. */
export function sharePage(parts: ShareParts): Handler<"sharePage"> {
  return async ({ path, header }) => {
    const key = path["key"] ?? "";
    const found = await findShared(parts, key);
    if (!found) return answerPage(404, await drawNoSharePage());
    const place = sharePlace(header("host") ?? "", key);
    return answerPage(200, await drawSharePage(found.asset, found.shared.title, place));
  };
}

/** The bytes of a shared asset. Browsers ask again each time, so that an ended link shows nothing. */
export function shareFile(parts: ShareParts): Handler<"shareFile"> {
  return async ({ path, query, header }) => {
    const found = await findShared(parts, path["key"] ?? "");
    if (!found) throw gone();
    const { team, hash, title } = found.shared;
    const name = shareTitle(found.asset, title);
    const asset = await findForm(parts, team, hash, query);
    return answerAsset(parts, asset, header, { name, cache: "private, no-cache" });
  };
}

/** What link previews ask for. */
export function shareEmbed(parts: ShareParts): Handler<"shareEmbed"> {
  return async ({ path, query, header }) => {
    const key = path["key"] ?? "";
    const found = await findShared(parts, key);
    if (!found) throw gone();
    const title = shareTitle(found.asset, found.shared.title);
    return describeEmbed(found.asset, title, sharePlace(header("host") ?? "", key), query);
  };
}

async function findShared(
  { store, assets }: ShareParts,
  key: string,
): Promise<{ readonly shared: Shared; readonly asset: Asset } | null> {
  const shared = await openShareKey(key, (team) => findShareSecret(store.database, team));
  const asset = shared && (await findAsset(store.database, shared.team, shared.hash));
  const isKept = asset !== null && (await assets.bytes.has(asset.hash));
  return shared && isKept ? { shared, asset } : null;
}

function answerPage(status: number, { text, headers }: Page): Response {
  return new Response(text, { status, headers });
}
