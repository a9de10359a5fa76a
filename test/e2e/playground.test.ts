import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestPlayground, type TestPlayground } from "../helpers/open-test-playground.ts";

let playground: TestPlayground;
beforeAll(async () => {
  playground = await openTestPlayground();
}, 120_000);
afterAll(() => playground.close());

const wordsOf = (page: Page): Locator => page.locator(".scene text");
const word = (page: Page, text: string): Locator => wordsOf(page).filter({ hasText: text });

async function pickBoard(page: Page, title: string): Promise<void> {
  await page.getByRole("navigation", { name: "Boards" }).getByRole("button").first().click();
  await page.getByRole("menuitem", { name: title }).click();
  await page.getByRole("navigation", { name: "Boards" }).getByText(title).waitFor();
}

async function drag(page: Page, from: Locator, dx: number, dy: number): Promise<void> {
  const box = await boxOf(from);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 3 });
  await page.mouse.move(x + dx, y + dy, { steps: 3 });
  await page.mouse.up();
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("It is not on the screen.");
  return box;
}

/** Places a sticky with a text on free ground and leaves it selected. */
async function addSticky(page: Page, text: string, x: number, y: number): Promise<void> {
  await page.getByRole("button", { name: "Sticky" }).click();
  await page.mouse.click(x, y);
  await page.getByRole("textbox").fill(text);
  await page.keyboard.press("Escape");
  await word(page, text).waitFor();
}

describe("opening", () => {
  test("the first board is drawn, the plugin runs in a frame of no origin, nothing complains", async () => {
    const { page, troubles } = await playground.open();
    await word(page, "Poster for the harbour concert").waitFor();
    await expect.poll(() => page.locator(".panel-window h2").textContent()).toBe("Spaces");
    const frame = page.frames().find((each) => each !== page.mainFrame());
    expect(await frame?.evaluate("self.origin")).toBe("null");
    expect(troubles).toEqual([]);
  });

  test("the panel may reach this relay and nothing else", async () => {
    const { page } = await playground.open();
    const frame = page.frames().find((each) => each !== page.mainFrame());
    const reach = (url: string) =>
      frame?.evaluate(
        `fetch(${JSON.stringify(url)}).then(({ status }) => status, () => "blocked")`,
      );
    await expect
      .poll(() => reach(`http://localhost:${playground.relay.port}/v1/hello`))
      .not.toBe("blocked");
    expect(await reach("http://127.0.0.1:9/")).toBe("blocked");
    expect(await reach("https://example.com/")).toBe("blocked");
  });

  test("the pairing code leaves the address bar and is offered to the plugin", async () => {
    const { page } = await playground.open("#code=ABCDEFGH");
    expect(page.url()).toBe(playground.address);
    const kept = await page.evaluate("sessionStorage.getItem('spaces-playground-client-storage')");
    expect(typeof kept).toBe("string");
  });

  test.each([
    ["Product shot, enlarged", "Harbour Cup", "Arrow"],
    ["Variations from feedback", "More warmth from the", "Connector"],
    ["Poster from a mood", "A calm poster for a", "Sticky"],
  ])("%s", async (title, text, tool) => {
    const { page, troubles } = await playground.open();
    await pickBoard(page, title);
    await word(page, text).waitFor();
    await page.getByRole("button", { name: tool, exact: true }).waitFor();
    expect(troubles).toEqual([]);
  });
});

describe("drawing", () => {
  test("a sticky, a connector from its edge, a move, undo and redo", async () => {
    const { page, troubles } = await playground.open();
    await word(page, "Poster for the harbour concert").waitFor();
    const layers = page.locator(".scene [data-layer]");
    const before = await layers.count();
    await addSticky(page, "At the end of August", 300, 760);
    const sticky = word(page, "At the end of").locator("xpath=ancestor::*[@data-layer][1]");
    expect(await layers.count()).toBe(before + 1);

    await drag(page, page.locator(".edge-dot").nth(1), 300, -40);
    await expect.poll(() => layers.count()).toBe(before + 2);
    const line = layers.last();
    const start = await boxOf(line);

    const place = await boxOf(sticky);
    await drag(page, sticky, 60, 20);
    await expect.poll(async () => Math.round((await boxOf(sticky)).x - place.x)).toBe(60);
    expect((await boxOf(line)).x).toBeGreaterThan(start.x + 50);

    for (const left of [before + 2, before + 1]) {
      await page.keyboard.press("Control+z");
      await expect.poll(() => layers.count()).toBe(left);
    }
    expect(Math.round((await boxOf(sticky)).x)).toBe(Math.round(place.x));
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(() => layers.count()).toBe(before + 2);
    expect(troubles).toEqual([]);
  });

  test("several at once: marquee, duplicate, delete, and Escape during a drag", async () => {
    const { page } = await playground.open();
    await word(page, "Poster for the harbour concert").waitFor();
    const layers = page.locator(".scene [data-layer]");
    await addSticky(page, "One", 150, 780);
    await addSticky(page, "Two", 420, 780);
    const before = await layers.count();
    await page.keyboard.press("Escape");
    await page.mouse.move(30, 710);
    await page.mouse.down();
    await page.mouse.move(450, 800, { steps: 4 });
    await page.mouse.up();
    const one = word(page, "One").locator("xpath=ancestor::*[@data-layer][1]");
    const place = await boxOf(one);
    await page.mouse.move(place.x + 50, place.y + 50);
    await page.mouse.down();
    await page.mouse.move(place.x + 90, place.y + 90, { steps: 4 });
    await expect.poll(async () => (await boxOf(one)).x).toBeGreaterThan(place.x + 30);
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await expect.poll(async () => Math.round((await boxOf(one)).x)).toBe(Math.round(place.x));
    await page.keyboard.press("Control+d");
    await expect.poll(() => layers.count()).toBe(before + 2);
    await page.keyboard.press("Delete");
    await expect.poll(() => layers.count()).toBe(before);
  });

  test("in Design: a rectangle, a line and an arrow with a head", async () => {
    const { page } = await playground.open();
    await pickBoard(page, "Product shot, enlarged");
    await word(page, "Harbour Cup").waitFor();
    const layers = page.locator(".scene [data-layer]");
    const before = await layers.count();
    for (const [index, tool] of ["Rectangle", "Line", "Arrow"].entries()) {
      await page.getByRole("button", { name: tool, exact: true }).click();
      const y = 700 + index * 50;
      await page.mouse.move(100, y);
      await page.mouse.down();
      await page.mouse.move(260, y + 30, { steps: 3 });
      await page.mouse.up();
      await expect.poll(() => layers.count()).toBe(before + index + 1);
    }
    expect(await layers.last().locator("path").count()).toBe(2);
  });

  test("wheel, space and buttons move the view and change nothing", async () => {
    const { page } = await playground.open();
    const title = word(page, "Poster for the harbour concert");
    await title.waitFor();
    const start = await boxOf(title);
    await page.mouse.move(300, 700);
    await page.mouse.wheel(0, 100);
    await expect.poll(async () => Math.round((await boxOf(title)).y - start.y)).toBe(-100);
    await page.keyboard.down(" ");
    await page.mouse.down();
    await page.mouse.move(340, 800, { steps: 3 });
    await page.mouse.up();
    await page.keyboard.up(" ");
    await expect.poll(async () => Math.round((await boxOf(title)).x - start.x)).toBe(40);
    await page.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(async () => (await boxOf(title)).width).toBeGreaterThan(start.width * 1.2);
    await page.keyboard.press("Shift+1");
    await expect.poll(async () => Math.round((await boxOf(title)).x)).toBe(Math.round(start.x));
  });
});
