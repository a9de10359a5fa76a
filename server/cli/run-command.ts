import { createHash, randomUUID } from "node:crypto";
import { resolve } from "node:path";
import type { Asset } from "#domain/asset";
import type { Graph } from "#domain/graph";
import type { Issue } from "#domain/issue";
import type { RunTarget } from "#domain/run-target";
import { costSentence, formatCeiling, formatCost, isFree, type PriceBasis } from "#domain/cost";
import { basisOf } from "#domain/plan";
import type { RelayClient } from "#domain/relay-client";
import type { Quote, RunSummary } from "#domain/relay";
import { readRunArguments, UsageError, type RunArguments } from "./arguments.ts";
import { applySettings } from "./apply-settings.ts";
import type { Command } from "./command.ts";
import { followRun } from "./follow-run.ts";
import { formatPlan } from "./format-plan.ts";
import { withRelay } from "./open-relay.ts";
import { findLayer, openPage, readOpenPage } from "./read-command.ts";
import type { Terminal } from "./terminal.ts";
import { writeResults } from "./write-results.ts";

/** What was odd on the board is told up to so many times. */
const shownNotes = 10;

/**
 * `spaces run`: reads a board, shows the plan with its prices, runs it on a relay and writes what
 * came out.
 */
export const runCommand: Command = {
  usage: [
    "FILE.json --use LAYER=TYPE ... --from LAYER [--set LAYER.setting=value ...]",
    "[--mode from-here|this-node|up-to-here|connected|selected|all] [--page NAME]",
    "[--out DIR] [--yes] [--confirm PRICE] [--again]",
  ],
  does: [
    "Shows the plan with its prices, runs it, writes the results and run.json to DIR. --yes agrees to",
    "the price; a large one is agreed to a second time by its figure, --confirm PRICE.",
  ],
  run: (words, { env, process, terminal }) =>
    withRelay(env, process, ({ client }) => runBoard(words, client, terminal)),
};

/**
 * Reads a board, shows the plan, runs it when it is agreed to and answers the exit code: 1 where nothing ran
 * or something failed.
 */
export async function runBoard(
  words: readonly string[],
  client: RelayClient,
  terminal: Terminal,
): Promise<number> {
  const wanted = readRunArguments(words);
  const { graph, target, notes } = await readRequest(wanted, client);
  for (const note of notes.slice(0, shownNotes)) terminal.print(`Note: ${note.message}`);
  const file = `file-${createHash("sha256").update(resolve(wanted.file)).digest("hex").slice(0, 32)}`;
  const request = { file, graph, target, isAgain: wanted.isAgain };
  const quote = await client.call("quote", { body: request });
  const { models } = await client.call("models", { body: undefined });
  if (quote.plan.steps.length > 0) {
    for (const line of formatPlan(graph, models, quote.plan)) terminal.print(line);
  }
  for (const note of quote.notes) terminal.print(`Note: ${note}`);
  if (quote.issues.length > 0) return printIssues(graph, quote.issues, terminal);
  if (!(await isAgreed(wanted, quote, terminal))) return 1;
  if (!(await isAgreedTwice(wanted, quote, terminal))) return 1;
  const summary = await client.call("runStart", {
    headers: { "idempotency-key": randomUUID() },
    body: { ...request, quote: quote.id, isConfirmed: quote.isLarge },
  });
  const run = await followRun(client, summary.id, graph, terminal.print);
  const ended = await client.call("runGet", { path: { run: summary.id }, body: undefined });
  if (wanted.out !== null) {
    const fetchAsset = (hash: string) =>
      client.call("assetGet", { path: { hash }, body: undefined });
    const names = await writeResults(wanted.out, { summary: ended, run, graph, fetchAsset });
    terminal.print(`Wrote ${names.join(", ")} to ${wanted.out}.`);
  }
  return printEnd(
    ended,
    run.priceBasis,
    run.failedNodes.map((id) => titleOf(graph, id)),
    terminal,
  );
}

async function readRequest(
  wanted: RunArguments,
  client: RelayClient,
): Promise<{ graph: Graph; target: RunTarget; notes: readonly Issue[] }> {
  const open = await openPage(wanted.file, wanted.page, wanted.uses);
  const board = readOpenPage(open);
  const { models } = await client.call("models", { body: undefined });
  const typed = wanted.settings.map((each) => ({
    ...each,
    node: findLayer(open.page, each.layer).id,
  }));
  const graph = await applySettings(board.graph, typed, models, (bytes) => upload(client, bytes));
  const nodes = wanted.from.map((word) => findLayer(open.page, word).id);
  const stranger = nodes.find((id) => !graph.nodes.some((node) => node.id === id));
  if (stranger !== undefined) {
    throw new UsageError(`The layer ${stranger} is no node; add --use ${stranger}=TYPE.`);
  }
  return { graph, target: targetOf(wanted.mode, nodes), notes: board.issues };
}

function targetOf(mode: RunTarget["mode"], nodes: readonly string[]): RunTarget {
  if (mode === "all") return { mode };
  if (mode === "selected") return { mode, nodes: [...nodes] };
  return { mode, node: nodes[0] ?? "" };
}

async function upload(client: RelayClient, bytes: Uint8Array): Promise<Asset> {
  const hash = createHash("sha256").update(bytes).digest("hex");
  return client.call("assetPut", { path: { hash }, body: bytes });
}

async function isAgreed(wanted: RunArguments, quote: Quote, terminal: Terminal): Promise<boolean> {
  const basis = basisOf(quote.plan);
  if ((isFree(quote) && basis !== "unknown") || wanted.isConfirmed) return true;
  if (quote.credits > quote.balance) {
    terminal.print(
      `That is more than the ${quote.balance} credits that are left. Nothing was spent.`,
    );
    return false;
  }
  if (!terminal.confirm) {
    terminal.print("Nobody can be asked here; add --yes to agree to the price. Nothing was spent.");
    return false;
  }
  return terminal.confirm(
    isFree(quote) ? "Run it at a price not known?" : `Run it for ${formatCeiling(quote, basis)}?`,
  );
}

/** A price that is large for the team or not known takes a second yes, or its figure on the command line. */
async function isAgreedTwice(
  { confirmedPrice }: RunArguments,
  quote: Quote,
  terminal: Terminal,
): Promise<boolean> {
  const basis = basisOf(quote.plan);
  const figure = figureOf(quote);
  if (!quote.isLarge || confirmedPrice === figure) return true;
  const what = basis === "unknown" ? "Its price is not known" : "That is a large price here";
  if (terminal.confirm && confirmedPrice === null) {
    return terminal.confirm(
      `${what}. Spend ${isFree(quote) ? "it" : `up to ${formatCost(quote)}`}?`,
    );
  }
  terminal.print(
    `${what}; add --confirm ${figure} to agree to it a second time. Nothing was spent.`,
  );
  return false;
}

/** What is typed to agree to a price: "500", "20.5usd", "500+20.5usd", or "unknown" for none of them. */
function figureOf(quote: Quote): string {
  const { credits, microDollars } = quote;
  const parts = [
    ...(credits > 0 ? [String(credits)] : []),
    ...(microDollars > 0 ? [`${microDollars / 1e6}usd`] : []),
    ...(basisOf(quote.plan) === "unknown" ? ["unknown"] : []),
  ];
  return parts.join("+");
}

function printIssues(graph: Graph, issues: readonly Issue[], terminal: Terminal): number {
  terminal.print("It cannot run yet. Nothing was spent.");
  for (const issue of issues.slice(0, 20)) {
    const where =
      issue.nodeId === null ? "" : `"${titleOf(graph, issue.nodeId)}" (${issue.nodeId}): `;
    terminal.print(`  ${where}${issue.message}`);
  }
  return 1;
}

function printEnd(
  ended: RunSummary,
  basis: PriceBasis,
  failed: readonly string[],
  terminal: Terminal,
): number {
  const cost = costSentence(ended, basis);
  if (ended.state === "done") {
    terminal.print(`Done. ${cost}`);
    return 0;
  }
  const named = failed.map((title) => `"${title}"`).join(", ");
  terminal.print(ended.state === "cancelled" ? `Stopped. ${cost}` : `Failed at ${named}. ${cost}`);
  return 1;
}

function titleOf(graph: Graph, id: string): string {
  return graph.nodes.find((node) => node.id === id)?.title ?? id;
}
