import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Graph } from "#domain/graph";
import type { RelayClient } from "#domain/relay-client";
import { createCommandClient, type CommandClient } from "#domain/command-client";
import { sendTo } from "../../server/cli/send-to-relay.ts";
import type { RelayOptions } from "../../server/relay-options.ts";
import { buildConsole } from "../config/build-console.ts";
import { openBrowser } from "../figma/panel/open-browser.ts";
import { openTestRelay, type TestRelay } from "./open-test-relay.ts";

/** The built console, served by a real relay that keeps keys, in a real browser. */
export interface TestConsole extends TestRelay {
  readonly commands: CommandClient;
  /** Where the relay serves it. */
  readonly address: string;
  readonly browser: Browser;
  /** Runs a whole graph as the panel does; resolves when it has started. */
  run(file: string, graph: Graph): Promise<void>;
  /** Opens the address that the relay prints, in a context of its own. */
  signIn(code?: string): Promise<OpenedConsole>;
}

/** A page and all that went wrong in it: errors, and what its policy blocked. */
export interface OpenedConsole {
  readonly page: Page;
  readonly troubles: string[];
  /** Goes to one of its pages. */
  go(name: string): Promise<void>;
}

/** Builds the console and starts a relay and a browser for it. */
export async function openTestConsole(
  options: Partial<RelayOptions> & { readonly environment?: ReadonlyMap<string, string> } = {},
): Promise<TestConsole> {
  const { environment = new Map<string, string>(), ...more } = options;
  const folder = await mkdtemp(join(tmpdir(), "spaces-console-"));
  const built = join(folder, "console");
  await buildConsole(built);
  const relay = await openTestRelay(more.providers ?? [], join(folder, "data"), null, 0, {
    ...more,
    console: built,
    keys: { environment, dataKey: { kind: "own-file", path: join(folder, "settings/data-key") } },
  });
  const browser = await openBrowser();
  const { port } = relay.relay;
  const address = `http://localhost:${port}/console`;
  return {
    ...relay,
    commands: createCommandClient(sendTo(port), relay.token),
    address,
    browser,
    run: (file, graph) => run(relay.client, file, graph),
    signIn: async (code) =>
      openPage(browser, `${address}#code=${code ?? (await relay.relay.newCode(true))}`),
    close: async () => {
      await browser.close();
      await relay.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function run(client: RelayClient, file: string, graph: Graph): Promise<void> {
  const request = { file, graph, target: { mode: "all" as const }, isAgain: false };
  const { id: quote, issues } = await client.call("quote", { body: request });
  if (issues.length > 0) throw new Error(issues.map(({ message }) => message).join(" "));
  const headers = { "idempotency-key": `press of ${file}` };
  await client.call("runStart", { headers, body: { ...request, quote } });
}

async function openPage(browser: Browser, address: string): Promise<OpenedConsole> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(error.message));
  await page.goto(address);
  const go = async (name: string): Promise<void> => {
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { name, level: 1 }).waitFor();
  };
  return { page, troubles, go };
}
