import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { readManifest } from "../manifest.ts";
import type { Switches } from "../switches.ts";
import { ChromiumPanel } from "./chromium-panel.ts";
import { hostPage } from "./host-page.ts";
import { openBrowser } from "./open-browser.ts";
import type { Panel } from "./panel.ts";

/** How panels are shown. */
export interface PanelOptions {
  readonly manifest: unknown;
  readonly earlyMessages: Switches["earlyMessages"];
  /** A published plugin has no development domains (figma-platform.md 2.2). */
  readonly isPublished?: boolean;
}

/**
 * One browser for a whole test file; every panel gets a context of its own. The page around the
 * panels is served from http://localhost, since from a public address Chromium blocks panels from
 * reaching a relay on this computer (simulator.md 3).
 */
export class ChromiumPanels {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #panels: ChromiumPanel[] = [];

  constructor(browser: Browser, server: Server) {
    this.#browser = browser;
    this.#server = server;
  }

  /** The host page's address. */
  get hostUrl(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Makes panels for `runPlugin`; the last one made is `latest`. */
  panel(options: PanelOptions): (post: (message: unknown) => void) => Panel {
    const manifest = readManifest(options.manifest);
    return (post) => {
      const panel = new ChromiumPanel({
        newContext: () => this.#browser.newContext({ viewport: { width: 1000, height: 900 } }),
        hostUrl: this.hostUrl,
        manifest,
        post,
        isPublished: options.isPublished === true,
        earlyMessages: options.earlyMessages,
      });
      this.#panels.push(panel);
      return panel;
    };
  }

  /** The panel made last: its frame to click in, and its problems. */
  get latest(): ChromiumPanel {
    const panel = this.#panels.at(-1);
    if (panel === undefined) throw new Error("No panel was made yet.");
    return panel;
  }

  /** Closes the browser and the server. */
  async close(): Promise<void> {
    await Promise.all(this.#panels.map((panel) => panel.finished()));
    await this.#browser.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Starts the browser and the page around the panels. */
export async function openChromiumPanels(): Promise<ChromiumPanels> {
  const browser = await openBrowser();
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(hostPage);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new ChromiumPanels(browser, server);
}
