import { join } from "node:path";
import sharp from "sharp";
import { beforeEach, afterEach, describe, expect, test } from "vitest";
import { shareRoutes } from "#domain/share-routes";
import * as z from "zod";
import { openAssets, type Assets } from "../../../server/assets/assets.ts";
import { systemClock } from "../../../server/clock.ts";
import { embedSchema } from "../../../server/declared-routes.ts";
import {
  shareEmbed,
  shareFile,
  shareLink,
  sharePage,
  sharesEnd,
} from "../../../server/routes/share.ts";
import { sealShareKey } from "../../../server/share/share-key.ts";
import { ensureShareSecret } from "../../../server/store/share-secrets.ts";
import { countingRandom } from "../../contract/store/rows.ts";
import { sha256 } from "../../helpers/asset-folder.ts";
import { createFakeApp, goodToken, knownCaller, usualHost } from "../../helpers/fake-app.ts";
import { useDataFolder } from "../store/data-folder.ts";

const data = useDataFolder();
const { team } = knownCaller;
const random = countingRandom();
let app: ReturnType<typeof createFakeApp>["app"];
let assets: Assets;
let ensureSecret: (team: string) => Promise<string>;

beforeEach(async () => {
  const store = await data.open();
  const reach = () => Promise.resolve();
  assets = await openAssets(join(data.folder, "assets"), {
    store,
    reach,
    clock: systemClock,
    isShared: false,
  });
  const parts = { store, assets, random };
  ensureSecret = (of) =>
    store.transaction((transaction) => ensureShareSecret(transaction, of, random));
  ({ app } = createFakeApp({
    shareLink: shareLink(parts),
    sharesEnd: sharesEnd(parts),
    sharePage: sharePage(parts),
    shareFile: shareFile(parts),
    shareEmbed: shareEmbed(parts),
  }));
});
afterEach(() => assets.close());

async function keep(of: string, bytes: Uint8Array): Promise<string> {
  const received = await assets.keep(of, bytes);
  expect(received.kind).toBe("kept");
  return sha256(bytes);
}

const drawPicture = (background = "#c0ffee") =>
  sharp({ create: { width: 1_200, height: 600, channels: 3, background } })
    .png()
    .toBuffer();

/** A request without a token, as a browser makes it. */
const get = (path: string, headers: Record<string, string> = {}) =>
  Promise.resolve(app.request(path, { headers: { host: usualHost, ...headers } }));

const post = (path: string, body: unknown, token = goodToken) => {
  const text = JSON.stringify(body);
  const headers = {
    host: usualHost,
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "content-length": `${text.length}`,
  };
  return Promise.resolve(app.request(path, { method: "POST", body: text, headers }));
};

async function share(hash: string, title = "A cat"): Promise<string> {
  const response = await post(`/v1/assets/${hash}/share`, { title });
  expect(response.status).toBe(200);
  return z.parse(shareRoutes.shareLink.answer, await response.json()).path;
}

describe("asking for a link", () => {
  test("gives the same one for the same asset and title", async () => {
    const hash = await keep(team, await drawPicture());
    expect(await share(hash)).toBe(await share(hash));
    expect(await share(hash)).not.toBe(await share(hash, "Another"));
  });

  test("is refused alike for an asset that is unknown and for another team's", async () => {
    const other = await keep("blue", await drawPicture());
    for (const hash of [other, "0".repeat(64), "short", "..%2f..%2fetc"]) {
      const response = await post(`/v1/assets/${hash}/share`, { title: "" });
      expect(response.status).toBe(404);
      expect(await response.text()).toContain("There is no such file.");
    }
  });

  test("takes a token and a title that can be kept", async () => {
    const hash = await keep(team, await drawPicture());
    const path = `/v1/assets/${hash}/share`;
    expect((await post(path, { title: "A" }, "rly_wrong")).status).toBe(401);
    for (const title of ["x".repeat(201), "half \uD800", 7]) {
      expect((await post(path, { title })).status).toBe(400);
    }
  });
});

describe("a share link", () => {
  let bytes: Buffer;
  let path: string;
  beforeEach(async () => {
    bytes = await drawPicture();
    path = await share(await keep(team, bytes), `A "cat"/..\u202Egnp.exe`);
  });

  test("opens without a token as a page that nobody keeps, finds or learns of", async () => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": expect.stringContaining("default-src 'none'") as string,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow",
      "cache-control": "no-store",
    });
  });

  test("gives the bytes with the headers that keep them a picture", async () => {
    const response = await get(`${path}/file`);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": `${bytes.length}`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow",
      "cache-control": "private, no-cache",
      "accept-ranges": "bytes",
      "content-disposition": `inline; filename="A -cat--..gnp.exe.png"`,
    });
  });

  test.each([
    ["bytes=0-9", 206, 0, 10],
    ["bytes=-7", 206, -7, undefined],
    ["bytes=20-", 206, 20, undefined],
    ["bytes=5-2", 200, 0, undefined],
  ])("gives %s", async (range, status, start, end) => {
    const response = await get(`${path}/file`, { range });
    expect(response.status).toBe(status);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(start, end))).toBe(true);
  });

  test("refuses a range behind the end, and sends nothing that is known already", async () => {
    expect((await get(`${path}/file`, { range: "bytes=999999-" })).status).toBe(416);
    const tag = `"${sha256(bytes)}"`;
    expect((await get(`${path}/file`, { "if-none-match": tag })).status).toBe(304);
  });

  test("gives a smaller picture in the known widths alone", async () => {
    const small = await get(`${path}/file?width=256`);
    const { width } = await sharp(Buffer.from(await small.arrayBuffer())).metadata();
    expect(width).toBe(256);
    expect((await get(`${path}/file?width=257`)).status).toBe(400);
  });

  test("tells link previews how to embed it", async () => {
    const response = await get(`${path}/oembed?format=json&maxwidth=500&url=ignored`);
    const embed = embedSchema.parse(await response.json());
    expect(embed).toMatchObject({ type: "photo", width: 500, height: 250 });
    for (const wrong of ["0", "-1", "1.5", "many"]) {
      expect((await get(`${path}/oembed?maxwidth=${wrong}`)).status).toBe(400);
    }
  });

  test("answers to no other Host, and to no page of another origin", async () => {
    for (const suffix of ["", "/file", "/oembed"]) {
      expect((await get(path + suffix, { host: "evil.test" })).status).toBe(421);
      expect((await get(path + suffix, { origin: "https://evil.test" })).status).toBe(403);
    }
  });

  test("leads nowhere once it is altered, or once the team ended its links", async () => {
    const last = path.at(-1) === "A" ? "B" : "A";
    const altered = [`${path.slice(0, -1)}${last}`, `${path}A`, path.slice(0, -1), "/v1/share/x"];
    for (const wrong of altered) await expectDead(wrong);
    expect((await get(path)).status).toBe(200);
    expect((await post("/v1/shares/end", {})).status).toBe(200);
    await expectDead(path);
    const renewed = await share(sha256(bytes));
    expect((await get(renewed)).status).toBe(200);
  });

  test("leads nowhere when it names what its team does not have, or another team", async () => {
    const other = await keep("blue", await drawPicture("#123456"));
    const secret = await ensureSecret(team);
    const keys = [
      sealShareKey(secret, { team, hash: other, title: "" }),
      sealShareKey(secret, { team: "blue", hash: other, title: "" }),
      sealShareKey(await ensureSecret("blue"), { team, hash: sha256(bytes), title: "" }),
      sealShareKey(secret, { team, hash: "0".repeat(64), title: "" }),
    ];
    for (const key of keys) await expectDead(`/v1/share/${key}`);
  });

  test("leads nowhere when the file is not kept any more", async () => {
    await assets.bytes.remove(sha256(bytes));
    await expectDead(path);
  });

  test("to a text is saved and never shown, whatever stands in it", async () => {
    const poem = Buffer.from("Roses are red & <b>violets</b> are blue");
    const text = await share(await keep(team, poem), "poem.html");
    const { headers } = await get(`${text}/file`);
    expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(headers.get("content-disposition")).toBe(`attachment; filename="poem.html.txt"`);
  });
});

/** Nothing of it opens; people are told so in a page, programs in the one shape. */
async function expectDead(path: string): Promise<void> {
  const page = await get(path);
  expect([page.status, page.headers.get("content-type")]).toEqual([
    404,
    "text/html; charset=utf-8",
  ]);
  for (const suffix of ["/file", "/oembed"]) {
    const response = await get(path + suffix);
    expect([response.status, await response.text()]).toEqual([
      404,
      expect.stringContaining("There is no such file."),
    ]);
  }
}
