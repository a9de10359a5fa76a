import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectAsset, usualMostBytes } from "../../../server/assets/inspect-asset.ts";
import { createInspector } from "../../../server/assets/inspector.ts";
import { makeFolder, removeFolder, sha256 } from "../../helpers/asset-folder.ts";
import { buildPng } from "../../helpers/build-png.ts";

const inspector = createInspector();
let folder = "";
beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(async () => {
  await inspector.close();
  await removeFolder(folder);
});

let files = 0;

async function inspect(bytes: Uint8Array, mostBytes = usualMostBytes, name = `${++files}`) {
  const file = join(folder, name);
  await writeFile(file, bytes);
  const uninspected = { file, hash: sha256(bytes), bytes: bytes.length };
  return inspectAsset(inspector, uninspected, mostBytes);
}

function flat(widthPx: number, heightPx: number) {
  const background = { r: 200, g: 100, b: 50 };
  return sharp({ create: { width: widthPx, height: heightPx, channels: 3, background } });
}

const box = (type: string, ...data: Uint8Array[]) => {
  const inner = Buffer.concat([Buffer.from(type, "latin1"), ...data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(inner.length + 4);
  return Buffer.concat([length, inner]);
};
const latin = (text: string) => Buffer.from(text, "latin1");

describe("videos and sounds", () => {
  const ogg = Buffer.concat([
    latin("OggS"),
    Buffer.alloc(24),
    latin("\x01vorbis"),
    Buffer.alloc(40),
  ]);
  const wav = Buffer.concat([latin("RIFF\x24\0\0\0WAVEfmt "), Buffer.alloc(28)]);
  const webm = Buffer.concat([
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84]),
    latin("webm"),
    Buffer.alloc(16),
  ]);
  it.each([
    ["video/mp4", box("ftyp", latin("isom\0\0\x02\0isomiso2mp41"))],
    ["video/quicktime", box("ftyp", latin("qt  \0\0\x02\0qt  "))],
    ["video/webm", webm],
    ["audio/wav", wav],
    ["audio/ogg", ogg],
    [
      "audio/mpeg",
      Buffer.concat([
        latin("ID3\x03\0\0\0\0\0\0"),
        Buffer.from([0xff, 0xfb, 0x90, 0]),
        Buffer.alloc(500),
      ]),
    ],
  ])("are taken by their signature, without size and duration: %s", async (mediaType, bytes) => {
    expect(await inspect(bytes)).toMatchObject({
      asset: { mediaType, widthPx: null, heightPx: null, durationMs: null },
    });
  });
});

describe("texts", () => {
  it("are taken in UTF-8", async () => {
    const bytes = Buffer.from("\ufeffA cat – кот – 猫 👩‍🚀\r\n\t<3 is not a tag");
    expect(await inspect(bytes)).toMatchObject({ asset: { mediaType: "text/plain" } });
  });

  it.each([
    ["half of a character", Buffer.from([0x61, 0xf0, 0x9f, 0x98]), "data of an unknown kind"],
    ["NUL", Buffer.from("a\0b"), "data of an unknown kind"],
    ["Latin-1", Buffer.from("caf\xe9 au lait", "latin1"), "data of an unknown kind"],
    ["UTF-16", Buffer.from("\ufeffhello", "utf16le"), "UTF-16"],
  ])("are not: %s", async (_name, bytes, found) => {
    const inspected = await inspect(bytes);
    expect(inspected).toMatchObject({ kind: "refused", code: "type-unsupported" });
    expect(inspected).toHaveProperty("sentence", expect.stringContaining(found));
  });
});

describe("anything else", () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>`;
  const tiff = () => flat(9, 9).tiff().toBuffer();
  it.each([
    ["an SVG drawing", () => Buffer.from(svg)],
    [
      "an SVG drawing",
      () => Buffer.from(`\ufeff<?xml version="1.0"?>\n<!-- x --><!DOCTYPE svg>${svg}`),
    ],
    [
      "an SVG drawing",
      () => Buffer.from(`<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>${svg}`),
    ],
    ["an XML document", () => Buffer.from(`<!DOCTYPE rss [<!ENTITY a "b">]><rss/>`)],
    ["a web page (HTML)", () => Buffer.from("<!---->".repeat(500))],
    ["a web page (HTML)", () => Buffer.from("\n  <HTML><body>")],
    ["an XML document", () => Buffer.from(`<?xml version="1.0"?><rss/>`)],
    ["a PDF document", () => Buffer.from("%PDF-1.7\n%\xe2\xe3")],
    ["a TIFF picture", tiff],
    ["a ZIP archive", () => Buffer.concat([latin("PK\x05\x06"), Buffer.alloc(18)])],
    ["a HEIC photo", () => box("ftyp", latin("heic\0\0\0\0mif1heic"))],
    ["EXE", () => Buffer.concat([latin("MZ"), Buffer.alloc(100)])],
    // A fixed noise, so that it never begins like a known kind by chance.
    [
      "data of an unknown kind",
      () => Buffer.from(Array.from({ length: 5_000 }, (_, i) => ((i + 7) * 7_919 * (i + 3)) % 251)),
    ],
  ])("is refused by what it is: %s", async (found, make) => {
    const inspected = await inspect(await make());
    expect(inspected).toMatchObject({ kind: "refused", code: "type-unsupported" });
    expect(inspected).toHaveProperty(
      "sentence",
      expect.stringMatching(/^This is .+, which cannot be used here\. Use PNG, .+\.$/),
    );
    expect(inspected).toHaveProperty("sentence", expect.stringContaining(found));
  });

  it("is refused when it is empty", async () => {
    expect(await inspect(Buffer.alloc(0))).toMatchObject({
      code: "empty",
      sentence: "The file is empty.",
    });
  });

  it("is refused when it is larger than its kind may be", async () => {
    const most = { image: 1_000, video: 2_000, audio: 3_000, text: 100_000 };
    const picture = buildPng({ widthPx: 90, heightPx: 90 });
    const padded = Buffer.concat([picture, Buffer.alloc(1_500)]);
    expect(await inspect(padded, most)).toMatchObject({ code: "too-large" });
    expect(await inspect(Buffer.from("🐈".repeat(40_000)), most)).toEqual({
      kind: "refused",
      code: "too-large",
      sentence: "The text has 0.2 MB; at most 0.1 MB are taken.",
    });
  });
});
