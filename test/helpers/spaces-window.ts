import type { Frame, Locator } from "playwright-core";
import { expect } from "vitest";
import type { ChromiumPanel } from "../figma/panel/chromium-panel.ts";
import type { PluginWindow } from "../figma/people/plugin-window.ts";
import type { User } from "../figma/people/user.ts";

/** The longest that anything here may take; nothing waits so long unless it is broken. */
const patienceMs = 25_000;

/** Waits until something holds; `what` is said when it never does. */
export async function until(what: string, holds: () => unknown): Promise<void> {
  await expect
    .poll(async () => Boolean(await holds()), {
      timeout: patienceMs,
      interval: 25,
      message: what,
    })
    .toBe(true);
}

/** The plugin as one person has it open: the panel to click and read in, and the canvas beside it. */
export class SpacesWindow {
  readonly user: User;
  readonly plugin: PluginWindow;
  readonly drawn: ChromiumPanel;
  /** The panel's document. */
  readonly panel: Frame;

  constructor(user: User, plugin: PluginWindow, drawn: ChromiumPanel, panel: Frame) {
    this.user = user;
    this.plugin = plugin;
    this.drawn = drawn;
    this.panel = panel;
    panel.page().setDefaultTimeout(patienceMs);
  }

  /** Types the relay's address and its code, as a newcomer does. */
  async pair(address: string, code: string): Promise<void> {
    await this.panel.getByLabel("Address").fill(address);
    await this.panel.getByLabel("Pairing code").fill(code);
    await this.press("Connect");
    await this.panel.getByRole("tab", { name: "Node" }).waitFor();
  }

  /** Waits for a sentence in the panel. */
  async reads(sentence: string | RegExp): Promise<void> {
    await this.panel.getByText(sentence).first().waitFor();
  }

  /** Presses a button by its name, or by how it begins. */
  async press(name: string | RegExp): Promise<void> {
    await this.panel.getByRole("button", { name }).first().click();
  }

  /** Makes a node of a layer: selects it and says what it is used as. */
  async useAs(layer: string, type: string): Promise<void> {
    this.user.select();
    await this.#form.waitFor({ state: "detached" });
    this.user.select(layer);
    await this.panel.getByRole("button", { name: type, exact: true }).click();
    await this.#form.waitFor();
  }

  /** Adds a node from the list of types; its layer, once it is selected. */
  async addNode(type: string): Promise<string> {
    this.user.select();
    await this.#form.waitFor({ state: "detached" });
    const list = this.panel.getByRole("list", { name: "Types of node" });
    await list.getByRole("button").filter({ hasText: type }).first().click();
    return this.#selectedNode();
  }

  /** Adds a node behind the one that is selected; its layer. */
  async addNext(type: string): Promise<string> {
    const [before] = this.#selected;
    await this.press("Add next node");
    await this.panel.getByRole("menuitem", { name: type }).click();
    await until(`a node behind ${before}`, () => this.#selected[0] !== before);
    return this.#selectedNode();
  }

  /** Runs by the selected node's menu, and confirms where the panel asks. */
  async run(mode: string): Promise<void> {
    await this.press("Other ways to run");
    await this.panel.getByRole("menuitem", { name: mode }).click();
    await this.confirm();
  }

  /** Confirms the sheet that tells what a run will do and cost. */
  async confirm(): Promise<void> {
    await this.panel.getByRole("dialog").getByRole("button", { name: /^Run/ }).click();
    await this.panel.getByRole("dialog").waitFor({ state: "detached" });
  }

  /** Selects the layer of a node and waits for its form. */
  async select(layer: string): Promise<void> {
    this.user.select();
    await this.#form.waitFor({ state: "detached" });
    this.user.select(layer);
    await this.#form.waitFor();
  }

  /** Selects a node and waits until the panel says how it stands; "Done" is where it says nothing. */
  async stands(layer: string, status: string): Promise<void> {
    await this.select(layer);
    const pill = this.#form.locator(".pill");
    await until(`${layer} is "${status}"`, async () => {
      const [text] = await pill.allTextContents();
      return (text ?? "Done") === status;
    });
  }

  /** Waits until this window has looked at all results on the canvas, as it does before it places any. */
  async looked(): Promise<void> {
    await until("the canvas was looked at", () => {
      const texts = this.plugin.messages.filter((message) => typeof message === "string");
      return texts.some((text) => text.includes('"results":['));
    });
  }

  /** What went wrong unseen: errors nobody caught, and members that Figma does not have. */
  get troubles(): readonly string[] {
    const { errors, unsupported } = this.plugin;
    return [...errors.map(({ message }) => message), ...unsupported];
  }

  get #form(): Locator {
    return this.panel.locator(".node-title");
  }

  get #selected(): readonly string[] {
    return this.user.person.selectionOn(this.user.person.page).map(({ id }) => id);
  }

  async #selectedNode(): Promise<string> {
    await until("a node is selected", () => this.#selected.length === 1);
    await this.#form.waitFor();
    return this.#selected[0] ?? "";
  }
}
