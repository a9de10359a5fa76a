import { isFree } from "#domain/cost";
import type { Failure } from "#domain/failure";
import type { RunEvent } from "#domain/run-event";
import type { Version } from "#domain/version";
import type { Attempt } from "../store/attempts.ts";
import { voidHold } from "../store/ledger.ts";
import { openHolds } from "../store/read-ledger.ts";
import { creditsOf } from "../store/asset-index.ts";
import type { Transaction } from "../store/database.ts";
import { setNodeRun, type NodeRun } from "../store/node-runs.ts";
import { appendEvent } from "../store/run-events.ts";
import type { RunRow } from "../store/runs.ts";
import { saveVersion } from "../store/versions.ts";
import { makePlacement } from "./make-placement.ts";
import type { RunContext } from "./run-context.ts";
import type { ReadyNode } from "./run-inputs.ts";
import type { RunParts } from "./run-parts.ts";
import { settleCalls, type Settled } from "./settle-calls.ts";

/**
 * The end of a node in one commit: every call paid or given back, the version kept and wished for on
 * the canvas, the node's state and its event. A result is told only here, where it is paid (reliability.md T16); partial success
 * is paid and kept call by call. `above` holds the results that its calls were made of, by their nodes.
 */
export async function settleNode(
  { parts, run }: Pick<RunContext, "parts" | "run">,
  ready: ReadyNode,
  above: ReadonlyMap<string, string>,
  attempts: readonly Attempt[],
): Promise<NodeRun> {
  const standing = await parts.store.transaction(async (transaction) => {
    const settled = await settleCalls(parts, transaction, run, ready, attempts);
    const stored = attempts.filter((attempt) => attempt.state === "stored");
    const made = stored.length > 0 ? versionOf(parts, run, ready, stored, settled) : null;
    const version = made && (await withCredits(transaction, run, ready, made));
    if (version) {
      const origin = { parents: above, inputs: ready.calls };
      await saveVersion(transaction, run.team, run.file, version, origin);
      await wishForItems(parts, transaction, run, version);
    }
    const event = eventOf(ready, attempts, version, settled);
    const ended = { state: stateOf(event), version: version?.id ?? null };
    await setNodeRun(transaction, run.team, run.id, ready.node.id, ended);
    await appendEvent(transaction, run.team, run.id, event, parts.clock.nowMs());
    return ended;
  });
  await parts.reach("afterSettle");
  parts.hub.notify(run.id);
  return standing;
}

/** A result with what has to be said of the pictures that it was made with. */
async function withCredits(
  transaction: Transaction,
  { team }: RunRow,
  { calls }: ReadyNode,
  version: Version,
): Promise<Version> {
  const items = calls.flatMap((call) => Object.values(call.items).flat());
  const hashes = items.flatMap((item) => (item.kind === "asset" ? [item.asset.hash] : []));
  const credits = await creditsOf(transaction, team, hashes);
  const said = credits.map(({ line, pageUrl }) => `Made with: ${line}, ${pageUrl}`);
  return { ...version, notes: [...version.notes, ...said] };
}

/** A result waits for the canvas from the moment that it is kept, each of its items once. */
async function wishForItems(
  parts: RunParts,
  transaction: Transaction,
  run: RunRow,
  version: Version,
): Promise<void> {
  for (const index of version.items.keys()) {
    const wish = { index, attempt: 1, session: run.session, nowMs: version.atMs };
    await makePlacement(parts, transaction, run, version, wish);
  }
}

/** Gives back every credit that is still held for a node, in the transaction of its end. */
export async function voidHoldsOf(
  transaction: Transaction,
  run: RunRow,
  node: string,
  nowMs: number,
): Promise<void> {
  for (const hold of await openHolds(transaction, run.team, run.id, node)) {
    await voidHold(transaction, run.team, { hold: hold.id, houseLoss: 0, nowMs });
  }
}

function versionOf(
  parts: RunParts,
  run: RunRow,
  ready: ReadyNode,
  stored: readonly Attempt[],
  { kept }: Settled,
): Version {
  const inOrder = [...stored].sort((one, other) => one.call - other.call);
  return {
    id: parts.newId(),
    node: ready.node.id,
    run: run.id,
    // A part of a batch must not pass for the whole when the same thing is asked for again.
    fingerprint: stored.length === ready.calls.length ? ready.fingerprint : "",
    items: inOrder.flatMap((attempt) => attempt.items ?? []),
    model: ready.model.id,
    settings: { ...ready.settings },
    prompts: ready.calls.map((call) => call.prompt),
    seeds: inOrder.map((attempt) => attempt.seed),
    notes: [...new Set([...inOrder.flatMap((attempt) => attempt.notes), ...kept.notes])],
    ...kept.cost,
    priceBasis: kept.priceBasis,
    member: run.member,
    atMs: parts.clock.nowMs(),
  };
}

function eventOf(
  ready: ReadyNode,
  attempts: readonly Attempt[],
  version: Version | null,
  { all, doubt }: Settled,
): RunEvent {
  const node = ready.node.id;
  const failed = attempts.filter((attempt) => attempt.state !== "stored");
  const worst = failed.find((attempt) => attempt.state !== "cancelled") ?? failed[0];
  if (!worst) {
    if (!version) throw new Error(`Node ${node} ended without a result or a failure.`);
    return { type: "node-end", node, version };
  }
  const wasStopped = worst.state === "cancelled" && !version && isFree(all.cost);
  if (wasStopped) return { type: "node-skipped", node, because: null };
  const { cost, priceBasis } = all;
  const failure = failureOf(worst, version, doubt);
  return { type: "node-failure", node, failure, ...cost, priceBasis, version };
}

/** Leaves room for our own sentences within a failure's message. */
const longestReason = 800;

function failureOf(attempt: Attempt, version: Version | null, doubt: string | null): Failure {
  const failure = attempt.failure ?? {
    code: "internal",
    message: "The relay lost track of this node. It cost nothing; run it again.",
    isRetryable: true,
  };
  const more = [
    ...(doubt === null ? [] : [doubt]),
    ...(version ? [`${version.items.length} results that came before are kept.`] : []),
  ];
  if (more.length === 0) return failure;
  return { ...failure, message: [failure.message.slice(0, longestReason), ...more].join(" ") };
}

function stateOf(event: RunEvent): "done" | "failed" | "skipped" {
  if (event.type === "node-end") return "done";
  return event.type === "node-skipped" ? "skipped" : "failed";
}
