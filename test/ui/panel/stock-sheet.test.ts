import { afterAll, beforeAll, expect, it } from "vitest";
import { openPreview, type Preview } from "./open-preview.ts";

let preview: Preview;
beforeAll(async () => {
  preview = await openPreview();
});
afterAll(async () => {
  await preview.close();
});

it("searches, takes and closes by the keyboard alone", async () => {
  const { page } = preview;
  await preview.show("stock-opened");
  await page.keyboard.type("a red apple");
  await page.keyboard.press("Enter");
  expect(await preview.calls()).toEqual([["searchStock", "a red apple"]]);
  await preview.show("stock");
  await page.getByRole("button", { name: "Use Harbour at dusk, 2 by" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  expect(await preview.calls()).toEqual([["takeStock", "p1"], ["closeStock"]]);
});

it("is opened from a node that takes a file, which shows the credit of its picture", async () => {
  const { page } = preview;
  await preview.show("node-stock");
  expect(await page.getByText("Photo by Jane Doe on Pexels").isVisible()).toBe(true);
  await page.getByRole("button", { name: "Search stock pictures" }).click();
  expect(await preview.calls()).toEqual([["openStock", "node-1", "asset"]]);
});
