import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assetSchema } from "#domain/asset";
import { relayErrorSchema } from "#domain/relay-error";
import { hashOf, openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";

let opened: TestRelay;
beforeAll(async () => {
  opened = await openTestRelay();
});
afterAll(() => opened.close());

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#c0ffee" } });
const put = (bytes: Uint8Array, hash = hashOf(bytes)) =>
  opened.ask(`/v1/assets/${hash}`, { method: "PUT", body: new Uint8Array(bytes) });
const messageOf = async (response: Response) =>
  relayErrorSchema.parse(await response.json()).error.message;

describe("an upload", () => {
  test("is kept under its hash, described by its bytes, and not taken twice", async () => {
    const bytes = await picture(40, 30).png().toBuffer();
    expect(
      await opened.client.call("assetsMissing", { body: { hashes: [hashOf(bytes)] } }),
    ).toEqual({ missing: [hashOf(bytes)] });
    const first = assetSchema.parse(await (await put(bytes)).json());
    expect(first).toMatchObject({
      mediaType: "image/png",
      widthPx: 40,
      heightPx: 30,
      bytes: bytes.length,
    });
    expect(assetSchema.parse(await (await put(bytes)).json())).toEqual(first);
    expect(
      await opened.client.call("assetsMissing", { body: { hashes: [hashOf(bytes)] } }),
    ).toEqual({ missing: [] });
  });

  test("under another hash is refused and not kept", async () => {
    const bytes = await picture(11, 11).png().toBuffer();
    const wrong = hashOf(Buffer.from("something else"));
    expect((await put(bytes, wrong)).status).toBe(400);
    expect((await opened.ask(`/v1/assets/${wrong}`)).status).toBe(404);
  });

  test.each([
    ["a web page called .png", Buffer.from("<!doctype html><script>alert(1)</script>")],
    [
      "a drawing with a script",
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    ],
    ["nothing", Buffer.alloc(0)],
    ["a PNG that claims 60,000 x 60,000", lyingPng(60_000, 60_000)],
  ])("of %s is refused in a sentence", async (_what, bytes) => {
    const response = await put(bytes);
    expect(response.status).toBe(422);
    expect(await messageOf(response)).toMatch(/^[A-Z].+\.$/);
    expect((await opened.ask(`/v1/assets/${hashOf(bytes)}`)).status).toBe(404);
  });

  test("F48: of half a picture is refused", async () => {
    const whole = await picture(300, 300).png().toBuffer();
    expect((await put(whole.subarray(0, whole.length / 2))).status).toBe(422);
  });
});

describe("a download", () => {
  let bytes: Buffer;
  let path: string;
  beforeAll(async () => {
    bytes = await picture(64, 64).png().toBuffer();
    path = `/v1/assets/${hashOf(bytes)}`;
    await put(bytes);
  });

  test("has the headers that keep it a picture", async () => {
    const response = await opened.ask(path);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cross-origin-resource-policy": "cross-origin",
      etag: `"${hashOf(bytes)}"`,
      "cache-control": "private, max-age=31536000, immutable",
    });
  });

  test.each([
    ["bytes=0-9", 206, 0, 10],
    ["bytes=-7", 206, -7, undefined],
    ["bytes=20-", 206, 20, undefined],
    ["bytes=0-0", 206, 0, 1],
  ])("gives %s", async (range, status, start, end) => {
    const response = await opened.ask(path, { headers: { range } });
    expect(response.status).toBe(status);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(start, end))).toBe(true);
  });

  test("refuses a range behind its end, and knows what is still the same", async () => {
    expect((await opened.ask(path, { headers: { range: "bytes=999999-" } })).status).toBe(416);
    const tag = `"${hashOf(bytes)}"`;
    expect((await opened.ask(path, { headers: { "if-none-match": tag } })).status).toBe(304);
    const other = { range: "bytes=0-9", "if-range": '"other"' };
    expect((await opened.ask(path, { headers: other })).status).toBe(200);
  });
});

describe("the form for Figma", () => {
  test("of a WebP is a PNG or JPEG, of a large picture at most 4096 px a side", async () => {
    const bytes = await picture(5_000, 100).webp().toBuffer();
    await put(bytes);
    const response = await opened.ask(`/v1/assets/${hashOf(bytes)}?for=figma`);
    expect(response.headers.get("content-type")).toMatch(/^image\/(png|jpeg)$/);
    const { width } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect(width).toBe(4_096);
  });

  test("comes in the sizes of thumbnails, and in no other", async () => {
    const bytes = await picture(900, 600).png().toBuffer();
    await put(bytes);
    const response = await opened.ask(`/v1/assets/${hashOf(bytes)}?width=256`);
    expect((await sharp(Buffer.from(await response.arrayBuffer())).metadata()).width).toBe(256);
    expect((await opened.ask(`/v1/assets/${hashOf(bytes)}?width=257`)).status).toBe(400);
  });
});

/** The 33 bytes of a PNG's start with a header of that size and nothing behind. */
function lyingPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(33);
  header.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  header.write("IHDR", 12, "latin1");
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  header.set([8, 2, 0, 0, 0], 24);
  return header;
}
