import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../figma/panel/open-browser.ts";
import { buildPreview } from "../preview/build-preview.ts";
import type { ViewName } from "../preview/page/views.ts";

/** A node of the tree that Chromium gives to screen readers. */
export interface SpokenNode {
  readonly role: string;
  readonly name: string;
  readonly isFocusable: boolean;
}

/** The panel in a real browser, in made-up states. */
export class Preview {
  readonly page: Page;
  /** What went wrong in the page: errors, and errors on the console. */
  readonly problems: string[] = [];
  readonly #browser: Browser;

  constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
    page.on("pageerror", (error) => void this.problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.problems.push(message.text());
    });
  }

  /** Draws a state anew, and forgets the actions and problems of the one before. */
  async show(name: ViewName, theme: "light" | "dark" = "light"): Promise<void> {
    this.problems.length = 0;
    await this.page.evaluate(`preview.show(${JSON.stringify(`${name}/${theme}`)})`);
    await this.page.evaluate("void (preview.calls.length = 0)");
  }

  /** Changes parts of the node that is shown, as an answer of the plugin would. */
  async changeNode(changes: object): Promise<void> {
    await this.page.evaluate(`preview.changeNode(${JSON.stringify(changes)})`);
    await this.drawn();
  }

  /** Changes parts of the view. */
  async change(changes: object): Promise<void> {
    await this.page.evaluate(`preview.change(${JSON.stringify(changes)})`);
    await this.drawn();
  }

  /** Waits until what was changed is drawn and its effects have run. */
  async drawn(): Promise<void> {
    await this.page.evaluate(
      "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
    );
  }

  /** The actions that were called, each with its arguments. */
  async calls(): Promise<unknown[][]> {
    return this.page.evaluate<unknown[][]>("preview.calls");
  }

  /** The names of all made-up states. */
  async names(): Promise<ViewName[]> {
    return this.page.evaluate<ViewName[]>("preview.names");
  }

  /** The name by which a screen reader knows what has the focus. */
  async focused(): Promise<string> {
    const focused = (await this.#tree()).filter((node) => has(node, "focused"));
    return String(focused.at(-1)?.name?.value ?? "");
  }

  /** What a screen reader is told of the page. */
  async spoken(): Promise<SpokenNode[]> {
    const nodes = await this.#tree();
    return nodes
      .filter((node) => !node.ignored)
      .map((node) => ({
        role: String(node.role?.value ?? ""),
        name: String(node.name?.value ?? ""),
        isFocusable: has(node, "focusable"),
      }));
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #tree() {
    const session = await this.page.context().newCDPSession(this.page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    await session.detach();
    return nodes;
  }
}

function has(
  node: { properties?: { name: string; value: { value?: unknown } }[] },
  property: string,
): boolean {
  return (
    node.properties?.some(({ name, value }) => name === property && value.value === true) === true
  );
}

/** Starts a browser with the preview page. */
export async function openPreview(): Promise<Preview> {
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 340, height: 640 } });
  page.setDefaultTimeout(5_000);
  const preview = new Preview(browser, page);
  await page.setContent(await buildPreview());
  return preview;
}
