import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Graph } from "#domain/graph";
import { free } from "#domain/price";
import type { RelayClient } from "#domain/relay-client";
import { useStock } from "../../../server/cli/stock-command.ts";
import { pexels } from "../../../server/stock/pexels.ts";
import {
  StockTrouble,
  type StockDeclaration,
  type StockSearch,
} from "../../../server/stock/stock.ts";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import { openKeyRelay, type KeyRelay } from "../../helpers/open-key-relay.ts";
import { awaitEnd, pressNodes } from "../../helpers/press-nodes.ts";
import { smallPng } from "../../providers/request-parts.ts";

const credit = {
  line: "Photo by Jane Doe on Pexels",
  author: { name: "Jane Doe", url: null },
  pageUrl: "https://www.pexels.com/photo/7/",
  licence: "Pexels licence",
};
const picture = {
  ...{ provider: "pexels", id: "7", title: "A red apple", kind: "photo" as const },
  ...{ widthPx: 4_000, heightPx: 3_000, color: null, licence: credit.licence },
  thumbUrl: "https://images.pexels.com/7.jpg",
  previewUrl: "https://images.pexels.com/7.jpg",
  pageUrl: credit.pageUrl,
  author: credit.author,
};
const asked: StockSearch[] = [];
const keys: (string | undefined)[] = [];

/** A library that remembers what it was asked; picture 8 is gone, 9 is no picture. */
const library: StockDeclaration = {
  ...pexels,
  open: () => ({
    id: pexels.id,
    title: pexels.title,
    kinds: ["photo"],
    notice: { text: "Photos provided by Pexels", url: "https://www.pexels.com" },
    search: (search, { key }) => {
      asked.push(search);
      keys.push(key?.reveal());
      if (search.query === "too many") {
        return Promise.reject(new StockTrouble("limited", "Pexels takes no more.", 30_000));
      }
      return Promise.resolve({ pictures: [picture], hasMore: true });
    },
    take: (id) => {
      if (id === "8") return Promise.reject(new StockTrouble("gone", "Pexels has it no more."));
      const bytes = id === "9" ? new TextEncoder().encode("<html>") : smallPng();
      return Promise.resolve({ bytes, credit });
    },
  }),
};
const other: StockDeclaration = { ...library, id: "unsplash", title: "Unsplash" };

const answer = () => ({
  outputs: [{ kind: "text" as const, text: "An apple." }],
  billedCredits: null,
  notes: [],
});

let relay: KeyRelay;
beforeEach(async () => {
  asked.length = 0;
  keys.length = 0;
  relay = await openKeyRelay({
    environment: new Map([["pexels", "pexels-0123456789"]]),
    providers: [createFakeProvider({ models: [fakeModel("text", { price: free })], answer })],
    stocks: [
      {
        ...other,
        open: (egress) => ({ ...library.open(egress), id: "unsplash", title: "Unsplash" }),
      },
      library,
    ],
  });
});
afterEach(async () => {
  await relay.stop();
  await relay.remove();
});
const search = (query: Record<string, string>) =>
  relay.client.call("stockSearch", { query, body: undefined });
const take = (id: string, provider = "pexels") =>
  relay.client.call("stockTake", { body: { provider, id } });

describe("the routes of stock libraries", () => {
  test("search the first that has a key, and the same search once", async () => {
    const query = { query: "red apple", orientation: "landscape", page: "2" };
    const found = await search(query);
    expect(found).toMatchObject({
      provider: "pexels",
      page: 2,
      hasMore: true,
      pictures: [picture],
    });
    expect(found.pictures[0]?.thumb).toMatch(/^[\w-]{60,}$/);
    expect(await search({ ...query, provider: "pexels" })).toEqual(found);
    expect(asked).toEqual([
      { query: "red apple", page: 2, kind: "photo", orientation: "landscape", color: null },
    ]);
    expect(keys).toEqual(["pexels-0123456789"]);
    await search({ ...query, page: "3" });
    expect(asked).toHaveLength(2);
  });

  test("say what is missing or wrong", async () => {
    await expect(search({ query: "a", provider: "unsplash" })).rejects.toMatchObject({
      code: "unavailable",
      message:
        'There is no key of Unsplash yet. The relay\'s owner can set one in its console, or by "spaces keys set unsplash".',
    });
    await expect(search({ query: "a", provider: "nobody" })).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(search({ query: "a", kind: "vector" })).rejects.toMatchObject({
      message: "Pexels has no vectors.",
    });
    await expect(search({ query: "a", provider: "pexels", kind: "vector" })).rejects.toMatchObject({
      code: "request-invalid",
    });
    for (const wrong of [{ query: "" }, { query: "a", page: "0" }, { query: "a", page: "x" }]) {
      await expect(search(wrong)).rejects.toMatchObject({ code: "request-invalid" });
    }
    const limited = await relay.ask("/v1/stock?query=too%20many");
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "30"]);
  });

  test("take a picture into the team's assets, with its credit", async () => {
    const { asset, credit: said } = await take("7");
    expect(asset).toMatchObject({ mediaType: "image/png", widthPx: 2, heightPx: 2 });
    expect(said).toEqual(credit);
    expect(asset.credit).toEqual(credit);
    // Who has the same picture as a file sees whose it is.
    const { hash } = asset;
    expect(await relay.client.call("assetPut", { path: { hash }, body: new Uint8Array() })).toEqual(
      asset,
    );
    const kept = await relay.client.call("assetGet", {
      path: { hash: asset.hash },
      body: undefined,
    });
    expect(kept).toEqual(smallPng());
  });

  test("a result that a picture was made with says whose it is", async () => {
    const { asset } = await take("7");
    const node = { title: "Node", model: null, isLocked: false };
    const asks = { instruction: "Say it." };
    const graph: Graph = {
      nodes: [
        { ...node, id: "stock", type: "upload", settings: { asset: { ...asset } } },
        { ...node, id: "made", type: "assistant", model: "fake:text", settings: asks },
      ],
      connections: [
        {
          order: 0,
          via: null,
          from: { node: "stock", port: "file" },
          to: { node: "made", port: "reference" },
        },
      ],
    };
    const run = await pressNodes(relay.client, "press-1-2345", graph);
    expect(await awaitEnd(relay.client, run.id)).toMatchObject({ state: "done" });
    const query = { file: "file-1", node: "made" };
    const { versions } = await relay.client.call("versions", { query, body: undefined });
    expect(versions.map(({ notes }) => notes)).toEqual([
      ["Made with: Photo by Jane Doe on Pexels, https://www.pexels.com/photo/7/"],
    ]);
  });

  test("name the libraries with a key, or say how one is set", async () => {
    const ask = (client: RelayClient) => client.call("stockLibraries", { body: undefined });
    expect(await ask(relay.client)).toEqual({
      libraries: [{ id: "pexels", title: "Pexels" }],
      unavailable: null,
    });
    const keyless = await openKeyRelay({ stocks: [library] });
    onTestFinished(async () => {
      await keyless.stop();
      await keyless.remove();
    });
    const { libraries, unavailable } = await ask(keyless.client);
    expect(libraries).toEqual([]);
    expect(unavailable).toContain("spaces keys set PROVIDER");
  });

  test("take nothing that is gone or that is no picture", async () => {
    await expect(take("8")).rejects.toMatchObject({ code: "not-found" });
    await expect(take("9")).rejects.toMatchObject({ code: "asset-refused" });
  });
});

describe("spaces stock", () => {
  const run = async (...words: string[]) => {
    const lines: string[] = [];
    const code = await useStock(words, relay.client, { print: (line) => lines.push(line) });
    return { code, lines };
  };

  test("prints what was found and whose it is", async () => {
    expect(await run("red", "apple", "--from", "pexels", "--color", "red")).toEqual({
      code: 0,
      lines: [
        "7  photo  4000 x 3000  by Jane Doe  A red apple",
        "Photos provided by Pexels, https://www.pexels.com. More with --page 2.",
      ],
    });
    expect(asked[0]).toMatchObject({ query: "red apple", color: "red" });
  });

  test("takes one and prints the credit", async () => {
    const { lines } = await run("take", "pexels", "7");
    expect(lines[0]).toMatch(/^Taken: image\/png, 2 x 2 px, asset [0-9a-f]{64}$/);
    expect(lines[1]).toBe(
      "Photo by Jane Doe on Pexels. Pexels licence. https://www.pexels.com/photo/7/",
    );
  });

  test("refuses what it does not understand", async () => {
    await expect(run()).rejects.toThrow("Say what to search for.");
    await expect(run("take", "pexels")).rejects.toThrow("After stock take come");
    await expect(run("apple", "--size", "9")).rejects.toThrow("--size");
  });
});
