import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestPlayground, type TestPlayground } from "../helpers/open-test-playground.ts";

let playground: TestPlayground;
beforeAll(async () => {
  playground = await openTestPlayground();
}, 120_000);
afterAll(() => playground.close());

// A picture takes seconds; a machine that runs all tests at once makes a minute of them.
test("a newcomer: the panel pairs by itself, one press and one confirmation make two pictures", async () => {
  const { page, troubles } = await playground.open(`#code=${await playground.relay.newCode()}`);
  const panel = page.frameLocator(".panel-window iframe");
  const pictures = page.locator(".scene image");
  expect(await pictures.count()).toBe(0);
  await panel.getByRole("button", { name: "Run all" }).first().click();
  await panel.getByRole("button", { name: /^Run · / }).click();
  await expect.poll(() => pictures.count(), { timeout: 120_000 }).toBe(2);
  expect(troubles).toEqual([]);
}, 150_000);

test("a reload keeps the device paired, and so does the same address with its used code", async () => {
  const fragment = `#code=${await playground.relay.newCode()}`;
  const { page } = await playground.open(fragment);
  const run = page.frameLocator(".panel-window iframe").getByRole("button", { name: "Run all" });
  await run.first().waitFor();
  await page.reload();
  await run.first().waitFor();
  await page.goto("about:blank");
  await page.goto(playground.address + fragment);
  await run.first().waitFor();
});
