import { expect, it } from "vitest";
import type { Asset } from "#domain/asset";
import { createRelayClient, type RelayRequest, type RelayResponse } from "#domain/relay-client";
import { createStock } from "../../../ui/session/stock.ts";
import { newAsset, newCredit } from "../../contract/store/rows.ts";

const picture = (id: string) => ({
  ...{ provider: "pexels", id, title: `Apple ${id}`, kind: "photo", licence: "Pexels licence" },
  ...{ widthPx: null, heightPx: null, color: null, thumb: `thumb-${id}` },
  ...{ thumbUrl: "https://a.example/t", previewUrl: "https://a.example/p" },
  ...{ pageUrl: "https://a.example/", author: { name: "Jane Doe", url: null } },
});
const pageOf = (ids: readonly string[], page: number, hasMore: boolean) => ({
  ...{ provider: "pexels", pictures: ids.map(picture), page, hasMore },
  notice: { text: "Photos provided by Pexels", url: "https://www.pexels.com" },
});
const libraries = [
  { id: "pexels", title: "Pexels" },
  { id: "unsplash", title: "Unsplash" },
];
const credited: Asset = { ...newAsset("apple"), credit: newCredit };

/** A sheet whose relay answers each request when the test says so. */
function openSheet() {
  const requests: { request: RelayRequest; answer: (status: number, value: unknown) => void }[] =
    [];
  const send = (request: RelayRequest) =>
    new Promise<RelayResponse>((resolve) => {
      const answer = (status: number, value: unknown) =>
        resolve({
          status,
          text: () => Promise.resolve(JSON.stringify(value)),
          bytes: () => Promise.reject(new Error("No bytes.")),
          pieces: () => {
            throw new Error("No pieces.");
          },
        });
      requests.push({ request, answer });
    });
  const client = createRelayClient(send, "token");
  const given: unknown[] = [];
  const stock = createStock({
    relay: () => client,
    address: () => "http://localhost:4517",
    lookUp: (source) => (source.kind === "stock" ? { url: source.thumb, alt: source.alt } : null),
    setAsset: (...values) => {
      given.push(values);
      return Promise.resolve();
    },
  });
  return { requests, given, view: () => stock.view.value, ...stock.actions };
}

async function openPexels() {
  const sheet = openSheet();
  const opening = sheet.openStock("1:2", "asset");
  expect(sheet.view()).toMatchObject({ libraries: null, isBusy: true });
  sheet.requests.shift()?.answer(200, { libraries, unavailable: null });
  await opening;
  return sheet;
}

it("searches a library page by page, gives a picture to the node with its credit, and closes", async () => {
  const sheet = await openPexels();
  expect(sheet.view()).toMatchObject({ library: "pexels", isBusy: false, query: null });
  const searching = sheet.searchStock("apple");
  expect(sheet.view()).toMatchObject({ isBusy: true, query: "apple", pictures: [] });
  const first = sheet.requests.shift();
  expect(first?.request.path).toBe("/v1/stock?query=apple&page=1&provider=pexels");
  first?.answer(200, pageOf(["1", "2"], 1, true));
  await searching;
  const more = sheet.moreStock();
  expect(sheet.requests[0]?.request.path).toContain("page=2");
  // A picture that moved to the second page meanwhile is shown once.
  sheet.requests.shift()?.answer(200, pageOf(["2", "3"], 2, false));
  await more;
  expect(sheet.view()).toMatchObject({
    notice: "Photos provided by Pexels",
    hasMore: false,
    pictures: ["1", "2", "3"].map((id) => ({
      ...{ id, title: `Apple ${id}`, author: "Jane Doe" },
      thumbnail: { url: `thumb-${id}`, alt: `Apple ${id}` },
    })),
  });
  const taking = sheet.takeStock("3");
  expect(sheet.view()).toMatchObject({ taking: "3" });
  expect(sheet.requests[0]?.request.body).toBe('{"provider":"pexels","id":"3"}');
  sheet.requests.shift()?.answer(200, { asset: credited, credit: newCredit });
  await taking;
  expect(sheet.given).toEqual([["1:2", "asset", credited]]);
  expect(sheet.view()).toBeNull();
});

it("tells in the sheet what went wrong, and keeps what was found", async () => {
  const sheet = await openPexels();
  const searching = sheet.searchStock("apple");
  sheet.requests.shift()?.answer(200, pageOf(["1"], 1, true));
  await searching;
  const message = "Pexels takes no more requests for now. Try again later.";
  const more = sheet.moreStock();
  sheet.requests
    .shift()
    ?.answer(429, { error: { code: "rate-limited", message, request: "request-1" } });
  await more;
  expect(sheet.view()).toMatchObject({ problem: message, isBusy: false, hasMore: true });
  expect(sheet.view()?.pictures).toHaveLength(1);
});

it("says how a key is set where there is none", async () => {
  const sheet = openSheet();
  const opening = sheet.openStock("1:2", "asset");
  const unavailable = "No stock library has a key yet.";
  sheet.requests.shift()?.answer(200, { libraries: [], unavailable });
  await opening;
  expect(sheet.view()).toMatchObject({ libraries: [], problem: unavailable });
});

it("an answer that comes after the sheet was closed changes nothing", async () => {
  const sheet = await openPexels();
  const searching = sheet.searchStock("apple");
  sheet.requests.shift()?.answer(200, pageOf(["1"], 1, true));
  await searching;
  const taking = sheet.takeStock("1");
  await sheet.closeStock();
  sheet.requests.shift()?.answer(200, { asset: credited, credit: newCredit });
  await taking;
  expect(sheet.view()).toBeNull();
  expect(sheet.given).toEqual([]);
});
