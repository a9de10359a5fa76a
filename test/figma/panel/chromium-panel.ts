import type { BrowserContext, Frame, Page } from "playwright-core";
import type { Manifest } from "../manifest.ts";
import type { Switches } from "../switches.ts";
import { contentSecurityPolicy, panelDocument } from "./content-security-policy.ts";
import { messageFromJson, messageToJson } from "./message-json.ts";
import type { Panel, ShownPanel } from "./panel.ts";

/** Something a good panel does not do; a test fails on what it does not expect. */
export interface PanelProblem {
  readonly kind: "console" | "policy" | "error" | "request" | "message";
  readonly text: string;
}

/** What a panel is made of. */
export interface ChromiumPanelParts {
  readonly newContext: () => Promise<BrowserContext>;
  readonly hostUrl: string;
  readonly manifest: Manifest;
  readonly isPublished: boolean;
  readonly earlyMessages: Switches["earlyMessages"];
  readonly post: (message: unknown) => void;
}

/** A panel in a browser: a sandboxed iframe of no origin under the manifest's policy. */
export class ChromiumPanel implements Panel {
  current: ShownPanel | null = null;
  readonly problems: PanelProblem[] = [];
  /** Every request that left the panel, in order. */
  readonly requests: string[] = [];
  /** What the panel wanted to drop on the canvas (`pluginDrop`). */
  readonly drops: unknown[] = [];
  readonly #parts: ChromiumPanelParts;
  #page: Promise<Page> | null = null;
  #isLoaded = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: ChromiumPanelParts) {
    this.#parts = parts;
  }

  /** Whether messages reach the panel: from the iframe's `load` on. */
  get isListening(): boolean {
    return this.#isLoaded;
  }

  /** Opens the browser page; `ready` tells when the panel has loaded. */
  show(panel: ShownPanel): void {
    this.current = panel;
    this.#page = this.#open(panel);
    this.#queue = this.#page.catch((error: unknown) => this.#note("error", String(error)));
  }

  /** Sends a message; before the load it waits, or is lost, by the switch. */
  post(message: unknown): void {
    if (!this.#isLoaded && this.#parts.earlyMessages === "drop") {
      this.#note("message", "A message was sent before the panel listened and is lost.");
      return;
    }
    const json = messageToJson(message);
    const page = this.#page;
    this.#queue = this.#queue
      .then(async () => {
        await (
          await page
        )?.evaluate(
          `postToPanel(${JSON.stringify(json)}, ${JSON.stringify(this.#parts.manifest.id)})`,
        );
      })
      .catch(() => undefined);
  }

  close(): void {
    const page = this.#page;
    this.current = null;
    this.#page = null;
    this.#isLoaded = false;
    this.#queue = this.#queue
      .then(async () => {
        const opened = await page?.catch(() => null);
        await opened?.context().close();
      })
      .catch(() => undefined);
  }

  /** Resolves when everything asked of the panel so far was done. */
  async finished(): Promise<void> {
    await this.#queue;
  }

  /** The iframe, to click and read in; throws when no panel is shown. */
  async frame(): Promise<Frame> {
    const page = await this.#page;
    const handle = await page?.$("#panel");
    const frame = await handle?.contentFrame();
    if (frame === null || frame === undefined) throw new Error("No panel is shown.");
    return frame;
  }

  async #open(panel: ShownPanel): Promise<Page> {
    const { manifest, isPublished, hostUrl } = this.#parts;
    const context = await this.#parts.newContext();
    const page = await context.newPage();
    this.#watch(page);
    await page.exposeFunction("standInMessage", (json: unknown) =>
      this.#parts.post(messageFromJson(json)),
    );
    await page.exposeFunction(
      "standInDrop",
      (json: unknown) => void this.drops.push(messageFromJson(json)),
    );
    await page.exposeFunction("standInProblem", (kind: PanelProblem["kind"], text: string) =>
      this.#note(kind, text),
    );
    await page.goto(hostUrl);
    const html = panelDocument(
      panel.html,
      contentSecurityPolicy(manifest, isPublished),
      panel.hasThemeColors,
    );
    const source = `data:text/html;charset=utf-8;base64,${Buffer.from(html).toString("base64")}`;
    await page.evaluate(`showPanel(${JSON.stringify(source)}, ${panel.width}, ${panel.height})`);
    this.#isLoaded = true;
    return page;
  }

  #watch(page: Page): void {
    page.on("console", (message) => {
      if (message.type() !== "error") return;
      const text = message.text();
      this.#note(/Content Security Policy/i.test(text) ? "policy" : "console", text);
    });
    page.on("pageerror", (error) => this.#note("error", error.message));
    page.on("request", (request) => {
      const url = request.url();
      if (url.startsWith(this.#parts.hostUrl) || /^(data|blob|about):/.test(url)) return;
      this.requests.push(url);
      if (!this.#isAllowed(url)) this.#note("request", url);
    });
  }

  #isAllowed(url: string): boolean {
    const access = this.#parts.manifest.networkAccess;
    const development = this.#parts.isPublished ? [] : (access?.devAllowedDomains ?? []);
    const listed = [...(access?.allowedDomains ?? ["*"]), ...development];
    const { origin, host } = new URL(url);
    return listed.some(
      (domain) =>
        domain === "*" ||
        origin === domain.replace(/\/$/, "") ||
        host === domain ||
        url.startsWith(domain) ||
        (domain.includes("*.") && host.endsWith(domain.replace(/^.*\*/, ""))),
    );
  }

  #note(kind: PanelProblem["kind"], text: string): void {
    this.problems.push({ kind, text });
  }
}
