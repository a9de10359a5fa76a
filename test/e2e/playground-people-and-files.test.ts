import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPng } from "../helpers/build-png.ts";
import { rowOfShapes } from "../helpers/command-line.ts";
import { openTestPlayground, type TestPlayground } from "../helpers/open-test-playground.ts";
import { describeShared } from "../helpers/shared-folder.ts";

let playground: TestPlayground;
beforeAll(async () => {
  playground = await openTestPlayground();
}, 120_000);
afterAll(() => playground.close());

const word = (page: Page, text: string): Locator =>
  page.locator(".scene text").filter({ hasText: text });
const layers = (page: Page): Locator => page.locator(".scene [data-layer]");
const boards = (page: Page): Locator => page.getByRole("navigation", { name: "Boards" });

async function openFile(page: Page, file: string | Parameters<Locator["setInputFiles"]>[0]) {
  await boards(page).getByRole("button").first().click();
  await page.locator("input[type=file]").setInputFiles(file);
}

const jsonFile = (name: string, content: unknown) => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
});

/** Drops a file on the canvas, as from the desktop. */
async function drop(page: Page, name: string, type: string, content: Buffer): Promise<void> {
  const base64 = content.toString("base64");
  await page.evaluate(`(() => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(base64)}), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], ${JSON.stringify(name)}, { type: ${JSON.stringify(type)} }));
    const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector(".canvas").dispatchEvent(event);
  })()`);
}

describe("files", () => {
  const board = rowOfShapes(["First step", "Second step"]);

  test("a REST file opens by the button, with the plugin on it", async () => {
    const { page, troubles } = await playground.open();
    await openFile(page, jsonFile("board.json", board));
    await boards(page).getByText("FigJam").waitFor();
    await word(page, "Second step").waitFor();
    await page.locator(".panel-window iframe").waitFor();
    expect(await layers(page).count()).toBe(3);
    expect(troubles).toEqual([]);
  });

  test("a REST file and a picture open by dropping them", async () => {
    const { page } = await playground.open();
    await drop(page, "board.json", "application/json", Buffer.from(JSON.stringify(board)));
    await word(page, "First step").waitFor();
    await drop(page, "photo.png", "image/png", buildPng({ widthPx: 40, heightPx: 30 }));
    await expect.poll(() => layers(page).count()).toBe(4);
    expect(await page.locator(".scene image").count()).toBe(1);
  });

  test.each([
    ["no JSON", "not json", "is no Figma file"],
    ["another JSON", [1, 2, 3], "is no Figma file"],
    [
      "a layer whose place is text",
      {
        document: {
          children: [
            {
              id: "0:1",
              type: "CANVAS",
              name: "Page",
              children: [
                {
                  id: "1:1",
                  type: "RECTANGLE",
                  name: "Box",
                  absoluteBoundingBox: { x: '"><script>', y: 0, width: 1, height: 1 },
                },
              ],
            },
          ],
        },
      },
      "cannot be read",
    ],
  ])("%s is refused in a sentence, and the board stays", async (_what, content, sentence) => {
    const { page, troubles } = await playground.open();
    await openFile(page, jsonFile("wrong.json", content));
    await page.getByRole("status").getByText(sentence).waitFor();
    await word(page, "Poster for the harbour concert").waitFor();
    expect(troubles).toEqual([]);
  });

  test("what a file says stays text: no markup, no script comes out of it", async () => {
    const { page, troubles } = await playground.open();
    const hostile =
      '<img src=x onerror="document.title=1"></text><script>document.title=2</script>';
    await openFile(page, jsonFile("board.json", rowOfShapes([hostile])));
    await word(page, "onerror").first().waitFor();
    expect(await page.title()).toContain("Playground");
    expect(await page.locator(".scene img, .scene script").count()).toBe(0);
    expect(troubles).toEqual([]);
  });
});

describe("someone else", () => {
  const menu = async (page: Page, item: string): Promise<void> => {
    if ((await page.getByRole("menuitem", { name: item }).count()) === 0)
      await page.getByRole("button", { name: "Someone else" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };

  test("moves, edits and deletes what is selected; my undo leaves their work alone", async () => {
    const { page, troubles } = await playground.open();
    const text = word(page, "A calm poster for a").first();
    await text.click();
    const before = await text.boundingBox();
    await menu(page, "Moves a layer");
    await page.locator(".other-pointer").waitFor();
    await expect.poll(async () => (await text.boundingBox())?.x).toBeGreaterThan(before?.x ?? 0);
    await menu(page, "Edits a text");
    await word(page, "edited by").waitFor();
    await page.keyboard.press("Escape");
    const count = await layers(page).count();
    await menu(page, "Deletes a layer");
    await expect.poll(() => layers(page).count()).toBe(count - 1);
    await page.locator(".canvas").focus();
    await page.keyboard.press("Control+z");
    expect(await layers(page).count()).toBe(count - 1);
    expect(troubles).toEqual([]);
  });

  test("opens the plugin in a window of their own, and leaves with it", async () => {
    const { page, troubles } = await playground.open();
    await menu(page, "Opens the plugin");
    const windows = page.locator(".panel-window");
    await expect.poll(() => windows.count()).toBe(2);
    await page.getByRole("region", { name: "Spaces - Kim" }).waitFor();
    await menu(page, "Leaves");
    await expect.poll(() => windows.count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  test("my own window can be closed and opened again", async () => {
    const { page } = await playground.open();
    await page.getByRole("button", { name: "Close Spaces" }).click();
    await expect.poll(() => page.locator(".panel-window").count()).toBe(0);
    await page.getByRole("button", { name: "Open plugin" }).click();
    await page.locator(".panel-window iframe").waitFor();
  });
});

describeShared("a large board", "fixtures/figjam/estridi-payments-2024-04-04.json", (path) => {
  test("of 4,323 layers opens, and draws only what is seen", async () => {
    const { page } = await playground.open();
    await openFile(page, path);
    await boards(page).getByText("Document").waitFor();
    await expect.poll(() => layers(page).count()).toBeGreaterThan(1_000);
    const all = await layers(page).count();
    for (let step = 0; step < 12; step += 1)
      await page.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(() => layers(page).count()).toBeLessThan(all / 4);
  });
});
