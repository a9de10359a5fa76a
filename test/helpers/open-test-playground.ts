import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { startRelay, type Relay } from "../../server/relay.ts";
import { buildPlugin } from "../config/build-plugin.ts";
import { openBrowser } from "../figma/panel/open-browser.ts";
import { buildPlayground } from "../playground/build-playground.ts";

/** The built playground, served by a real relay, in a real browser. */
export interface TestPlayground {
  readonly relay: Relay;
  readonly address: string;
  /** A new page on the playground, once its first board is drawn and the plugin runs on it. */
  open(fragment?: string): Promise<OpenedPage>;
  close(): Promise<void>;
}

/** A page and all that went wrong in it: errors, refused requests, what its policy blocked. */
export interface OpenedPage {
  readonly page: Page;
  readonly troubles: string[];
}

/** Builds the playground with the built plugin and starts a relay and a browser for it. */
export async function openTestPlayground(): Promise<TestPlayground> {
  const folder = await mkdtemp(join(tmpdir(), "spaces-playground-"));
  const playground = join(folder, "playground");
  await buildPlayground(playground, await buildPlugin());
  const relay = await startRelay({
    folder: join(folder, "data"),
    port: 0,
    version: "0.0.0",
    pid: process.pid,
    failpoints: "",
    kill: () => undefined,
    writeLog: () => undefined,
    playground,
  });
  const browser = await openBrowser();
  const address = `http://localhost:${relay.port}/playground`;
  return {
    relay,
    address,
    open: (fragment = "") => openPage(browser, address + fragment),
    close: async () => {
      await browser.close();
      await relay.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function openPage(browser: Browser, address: string): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(error.message));
  await page.goto(address);
  await page.locator(".panel-window iframe").waitFor();
  return { page, troubles };
}
