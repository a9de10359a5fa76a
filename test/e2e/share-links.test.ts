import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assetSchema, type Asset } from "#domain/asset";
import { sendContent, type ContentParts } from "../../ui/background/result-content.ts";
import { openBrowser } from "../figma/panel/open-browser.ts";
import { hashOf, openTestRelay, type TestRelay } from "../helpers/open-test-relay.ts";
import { CanvasModel, DocumentModel } from "../ui/background/canvas-model.ts";
import { ManualTime } from "../ui/background/manual-time.ts";

let relay: TestRelay;
let browser: Browser;
beforeAll(async () => {
  [relay, browser] = await Promise.all([openTestRelay(), openBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await relay.close();
});

const title = `Tom & <b>"Jerry"</b>`;

async function keep(bytes: Uint8Array): Promise<Asset> {
  const path = `/v1/assets/${hashOf(bytes)}`;
  const response = await relay.ask(path, { method: "PUT", body: new Uint8Array(bytes) });
  return assetSchema.parse(await response.json());
}

/** The links that the work in the background puts on a FigJam board for an asset, with a real relay. */
async function linksOf(asset: Asset): Promise<string[]> {
  const time = new ManualTime().clockOf(0);
  const travel = () => Promise.resolve();
  const canvas = new CanvasModel(new DocumentModel(), { name: "A", time, travel }, () => undefined);
  const parts: ContentParts = {
    channel: canvas.panel,
    hello: {
      editor: "figjam",
      page: { id: "page", name: "Page 1" },
      selection: [],
      user: { id: "A", name: "A" },
      document: { name: "My file", fileKey: null, record: "" },
      command: null,
      panel: { width: 340, height: 640 },
    },
    newId: () => "transfer",
    linkTo: (path) => `http://localhost:${relay.relay.port}${path}`,
  };
  const { rungs } = await sendContent(parts, relay.client, { kind: "asset", asset }, title);
  return rungs.flatMap((rung) => ("link" in rung && rung.link !== null ? [rung.link] : []));
}

/** Opens an address in a browser that knows nothing of the relay; `troubles` is what went wrong. */
async function visit(address: string) {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  const response = await page.goto(address);
  return { page, troubles, status: response?.status() };
}

/** A tenth of a second of silence. */
function drawWav(): Buffer {
  const samples = Buffer.alloc(1_600);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

test("a large picture's link shows its original to anyone, and saves it", async () => {
  const background = "#c0ffee";
  const bytes = await sharp({ create: { width: 5_000, height: 60, channels: 3, background } })
    .webp()
    .toBuffer();
  const [link = ""] = await linksOf(await keep(bytes));
  const { page, troubles, status } = await visit(link);
  expect(status).toBe(200);
  expect(await page.title()).toBe(title);
  expect(await page.getByRole("heading").textContent()).toBe(title);
  const picture = page.getByRole("img", { name: title });
  const widthPx = () => picture.evaluate((element: HTMLImageElement) => element.naturalWidth);
  await expect.poll(widthPx).toBe(5_000);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("Tom & -b--Jerry---b.webp");
  expect(troubles).toEqual([]);
});

test("a sound's links play it to anyone, and an embedding site is told how", async () => {
  const links = await linksOf(await keep(drawWav()));
  expect(links).toHaveLength(2);
  const { page, troubles } = await visit(links[0]!);
  const seconds = () =>
    page.locator("audio").evaluate((element: HTMLAudioElement) => element.duration);
  await expect.poll(seconds).toBeCloseTo(0.1);
  const embed = await page.locator('link[type="application/json+oembed"]').getAttribute("href");
  const told = (await (await fetch(embed!)).json()) as { html: string };
  expect(told.html).toContain(`src="${links[0]!}"`);
  expect(troubles).toEqual([]);
});

test("a video's link opens without a token, and not without its end", async () => {
  const brand = Buffer.from("isom\0\0\x02\0isomiso2mp41", "latin1");
  const bytes = Buffer.concat([Buffer.from([0, 0, 0, 28]), Buffer.from("ftyp"), brand]);
  const [link = ""] = await linksOf(await keep(bytes));
  const file = await fetch(`${link}/file`, { headers: { range: "bytes=4-7" } });
  expect([file.status, await file.text()]).toEqual([206, "ftyp"]);
  expect((await fetch(link)).status).toBe(200);
  expect((await fetch(link.slice(0, -1))).status).toBe(404);
  expect((await fetch(`${link}x`)).status).toBe(404);
});
