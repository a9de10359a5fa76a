import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPreview, type Preview } from "./open-preview.ts";

let preview: Preview;
beforeAll(async () => {
  preview = await openPreview();
});
afterAll(async () => {
  await preview.close();
});

const states = [
  "hostile",
  "hostile-long",
  "hostile-nothing",
  "hostile-plan",
  "hostile-settings",
] as const;

describe("text from the canvas and from relays", () => {
  it.each(states)("does nothing in the state %s", async (name) => {
    await preview.show(name);
    const tabs = preview.page.getByRole("tab");
    const isCovered = (await preview.page.locator("dialog[open]").count()) > 0;
    for (let index = 0; index < 3 && !isCovered; index += 1) {
      await tabs.nth(index).click();
      await preview.drawn();
      const made = await preview.page.evaluate(`({
        hit: globalThis.wasHit ?? null,
        scripts: document.querySelectorAll("#create-figma-plugin script").length,
        pictures: document.querySelectorAll("img[src=x], img[onerror]").length,
        links: document.querySelectorAll("#create-figma-plugin a").length,
      })`);
      expect(made).toEqual({ hit: null, scripts: 0, pictures: 0, links: 0 });
    }
    expect(preview.problems).toEqual([]);
  });

  it("is shown as it is", async () => {
    await preview.show("hostile");
    const title = await preview.page.getByRole("textbox", { name: "Title" }).inputValue();
    expect(title).toContain("</script><script>globalThis.wasHit=1</script>");
  });

  it("keeps the writing direction of one text from the words around it", async () => {
    await preview.show("hostile-plan");
    const calls = preview.page.getByText("4 calls", { exact: true });
    expect(await calls.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe(
      "isolate",
    );
  });

  it("keeps the run button and the tabs in reach however long the text is", async () => {
    await preview.show("hostile-long");
    const run = await preview.page.locator(".split").boundingBox();
    const row = await preview.page.getByRole("tablist").boundingBox();
    expect(run!.y + run!.height).toBeLessThanOrEqual(640);
    expect(row!.y).toBe(0);
  });
});
