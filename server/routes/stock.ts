import { maxAssetBytes } from "#domain/asset";
import type { Handler } from "../handler.ts";
import { KeyUnreadable, type HeldKey, type KeyRing } from "../keys/key-ring.ts";
import { whereKeyIsSet } from "../providers/provider-key.ts";
import { Refusal } from "../refusal.ts";
import { sealThumb } from "../stock/seal-thumb.ts";
import { StockTrouble, type Stock, type StockSearch } from "../stock/stock.ts";
import { ensureShareSecret, findShareSecret } from "../store/share-secrets.ts";
import { refusalOf } from "./assets.ts";
import type { RouteParts } from "./route-parts.ts";

/** The libraries that the team has a key of, and what to do where there is none. */
export function stockLibraries({ stock, keys }: RouteParts): Handler<"stockLibraries"> {
  return async ({ caller: { team } }) => {
    const withKey = await keys.ring.providersWithKey(team);
    const open = stock.stocks.filter(({ id }) => withKey.has(id));
    return {
      libraries: open.map(({ id, title }) => ({ id, title })),
      unavailable: open.length > 0 ? null : withoutKeys(stock.stocks),
    };
  };
}

/** Searches a library; the same search is not asked for again within a day. */
export function stockSearch(parts: RouteParts): Handler<"stockSearch"> {
  const { stock, keys } = parts;
  return async ({ caller: { team }, query, signal }) => {
    const { kind = "photo", page = 1, orientation = null, color = null } = query;
    const library = await libraryFor(stock.stocks, keys.ring, team, query.provider, kind);
    if (!library.kinds.includes(kind)) {
      throw new Refusal("request-invalid", `${library.title} has no ${kind}s.`);
    }
    const key = await keyOf(keys.ring, team, library);
    const asked: StockSearch = { query: query.query, page, kind, orientation, color };
    const name = JSON.stringify([team, library.id, asked]);
    const known = stock.found.find(name);
    const found = known ?? (await told(() => library.search(asked, { key, signal: signal() })));
    if (!known) stock.found.keep(name, found);
    const secret = await secretOf(parts, team);
    return {
      provider: library.id,
      pictures: found.pictures.map((picture) => ({
        ...picture,
        thumb: sealThumb(secret, team, picture.thumbUrl),
      })),
      page,
      hasMore: found.hasMore,
      notice: library.notice,
    };
  };
}

/** Takes a picture of a library into the team's assets, with the credit that it is to be shown with. */
export function stockTake({ stock, keys, assets }: RouteParts): Handler<"stockTake"> {
  return async ({ caller: { team }, body, signal }) => {
    const library = await libraryFor(stock.stocks, keys.ring, team, body.provider);
    const key = await keyOf(keys.ring, team, library);
    const { bytes, credit } = await told(() => library.take(body.id, { key, signal: signal() }));
    const received = await assets.receive(team, [bytes], { maxBytes: maxAssetBytes, credit });
    if (received.kind === "refused") throw refusalOf(received);
    return { asset: received.asset, credit };
  };
}

async function libraryFor(
  stocks: readonly Stock[],
  ring: KeyRing,
  team: string,
  id: string | undefined,
  kind: StockSearch["kind"] = "photo",
): Promise<Stock> {
  const withKey = id === undefined ? await ring.providersWithKey(team) : new Set([id]);
  const open = stocks.filter((each) => withKey.has(each.id));
  const library = open.find(({ kinds }) => kinds.includes(kind)) ?? open[0];
  if (library) return library;
  if (id === undefined) throw new Refusal("unavailable", withoutKeys(stocks));
  throw new Refusal("not-found", `There is no such library; there are: ${idsOf(stocks)}.`);
}

function withoutKeys(stocks: readonly Stock[]): string {
  return `No stock library has a key yet. The relay's owner can set one ${whereKeyIsSet("PROVIDER")}, where PROVIDER is one of ${idsOf(stocks)}.`;
}

function idsOf(stocks: readonly Stock[]): string {
  return stocks.map(({ id }) => id).join(", ");
}

/** The secret of the team's proven addresses, made when it is first needed. */
async function secretOf({ store, random }: RouteParts, team: string): Promise<string> {
  return (
    (await findShareSecret(store.database, team)) ??
    store.transaction((transaction) => ensureShareSecret(transaction, team, random))
  );
}

async function keyOf(ring: KeyRing, team: string, { id, title }: Stock): Promise<HeldKey> {
  try {
    const key = await ring.newest(team, id);
    if (key) return key;
  } catch (error) {
    if (error instanceof KeyUnreadable) throw new Refusal("unavailable", error.message);
    throw error;
  }
  const message = `There is no key of ${title} yet. The relay's owner can set one ${whereKeyIsSet(id)}.`;
  throw new Refusal("unavailable", message);
}

/** Says a library's trouble as the relay's own. */
async function told<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StockTrouble)) throw error;
    const { kind, message, retryAfterMs } = error;
    if (kind === "gone") throw new Refusal("not-found", message);
    if (kind !== "limited") throw new Refusal("unavailable", message);
    const retryAfterS = retryAfterMs === null ? null : Math.ceil(retryAfterMs / 1_000);
    throw new Refusal("rate-limited", message, [], retryAfterS);
  }
}
