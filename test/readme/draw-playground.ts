import { fileURLToPath } from "node:url";
import { openTestPlayground } from "../helpers/open-test-playground.ts";

// Makes the README's picture: the first example board of the playground, run once, with its generator
// selected.

const playground = await openTestPlayground();
try {
  const { page } = await playground.open(`#code=${await playground.relay.newCode()}`);
  await page.setViewportSize({ width: 1320, height: 760 });
  const panel = page.frameLocator(".panel-window iframe");
  await panel.getByRole("button", { name: "Run all" }).first().click();
  await panel.getByRole("button", { name: /^Run · / }).click();
  await page.locator(".scene image").nth(1).waitFor({ timeout: 120_000 });
  const name = await page.getByText("Image Generator · Poster").first().boundingBox();
  await page.mouse.click((name?.x ?? 0) + 40, (name?.y ?? 0) + 24);
  await panel.getByText("Versions").waitFor();
  await panel.locator(".versions img").first().waitFor();
  await page.screenshot({
    path: fileURLToPath(new URL("playground.png", import.meta.url)),
    animations: "disabled",
  });
} finally {
  await playground.close();
}
