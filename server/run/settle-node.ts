import type { Failure } from "#domain/failure";
import { priceOfCall } from "#domain/price";
import type { RunEvent } from "#domain/run-event";
import type { Version } from "#domain/version";
import { moveAttempt, type Attempt } from "../store/attempts.ts";
import { openHolds, post, voidHold, type Hold } from "../store/ledger.ts";
import type { Transaction } from "../store/database.ts";
import { nodeRuns, setNodeRun } from "../store/node-runs.ts";
import { appendEvent } from "../store/run-events.ts";
import type { RunRow } from "../store/runs.ts";
import { saveVersion } from "../store/versions.ts";
import { makePlacement } from "./make-placement.ts";
import { feedingNodes, type ReadyNode } from "./run-inputs.ts";
import type { RunParts } from "./run-parts.ts";

/**
 * The end of a node in one commit: every call paid or given back, the version kept and wished for on
 * the canvas, the node's state and its event. A result is told only here, where it is paid (reliability.md T16); partial success
 * is paid and kept call by call. Answers the last event's number.
 */
export async function settleNode(
  parts: RunParts,
  run: RunRow,
  ready: ReadyNode,
  attempts: readonly Attempt[],
): Promise<void> {
  await parts.store.transaction(async (transaction) => {
    const credits = await settleCalls(parts, transaction, run, ready, attempts);
    const stored = attempts.filter((attempt) => attempt.state === "stored");
    const version = stored.length > 0 ? versionOf(parts, run, ready, stored, credits) : null;
    if (version) {
      const parents = await parentsOf(transaction, run, ready.node.id);
      const origin = { parents, inputs: ready.calls };
      await saveVersion(transaction, run.team, run.file, version, origin);
      await wishForItems(parts, transaction, run, version);
    }
    const event = eventOf(ready, attempts, version, credits);
    await setNodeRun(transaction, run.team, run.id, ready.node.id, {
      state: stateOf(event),
      version: version?.id ?? null,
    });
    await appendEvent(transaction, run.team, run.id, event, parts.clock.nowMs());
  });
  await parts.reach("afterSettle");
  parts.hub.notify(run.id);
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

async function settleCalls(
  parts: RunParts,
  transaction: Transaction,
  run: RunRow,
  ready: ReadyNode,
  attempts: readonly Attempt[],
): Promise<number> {
  const nowMs = parts.clock.nowMs();
  const byCall = new Map(attempts.map((attempt) => [attempt.call, attempt]));
  let credits = 0;
  for (const hold of await openHolds(transaction, run.team, run.id, ready.node.id)) {
    const attempt = byCall.get(hold.call);
    if (attempt?.state === "stored") {
      credits += await payCall(transaction, run, ready, hold, attempt, nowMs);
    } else {
      const houseLoss = attempt && wasPerhapsBilled(attempt) ? hold.credits : 0;
      await voidHold(transaction, run.team, { hold: hold.id, houseLoss, nowMs });
    }
  }
  for (const attempt of attempts) {
    if (attempt.state !== "stored") continue;
    const changes = { from: "stored", to: "settled", changes: {}, nowMs } as const;
    const moved = await moveAttempt(transaction, run.team, attempt.id, changes);
    if (!moved) throw new Error(`Attempt ${attempt.id} was settled by somebody else.`);
  }
  return credits;
}

/** Pays for a call: its quoted price, never above the hold; what the provider took more is our loss. */
async function payCall(
  transaction: Transaction,
  run: RunRow,
  ready: ReadyNode,
  hold: Hold,
  attempt: Attempt,
  nowMs: number,
): Promise<number> {
  const count = ready.calls[hold.call]?.count;
  const settings = { ...ready.settings, ...("count" in ready.settings && { count }) };
  const price = Math.min(priceOfCall(ready.model.price, settings), hold.credits);
  const overrun = Math.max(0, (attempt.billedCredits ?? price) - hold.credits);
  await post(transaction, run.team, { hold: hold.id, credits: price, overrun, nowMs });
  return price;
}

/** A lost answer or a result that cannot be used may have been billed; the user does not pay for it. */
function wasPerhapsBilled(attempt: Attempt): boolean {
  return attempt.state === "unknown" || attempt.failure?.code === "result-invalid";
}

/** The results above that a node's calls were made of. */
async function parentsOf(
  transaction: Transaction,
  run: RunRow,
  node: string,
): Promise<Map<string, string>> {
  const above = [...feedingNodes(run.graph, node)];
  if (above.length === 0) return new Map();
  const states = await nodeRuns(transaction, run.team, run.id, above);
  return new Map(
    [...states].flatMap(([id, { version }]) => (version === null ? [] : [[id, version] as const])),
  );
}

function versionOf(
  parts: RunParts,
  run: RunRow,
  ready: ReadyNode,
  stored: readonly Attempt[],
  credits: number,
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
    notes: [...new Set(inOrder.flatMap((attempt) => attempt.notes))],
    credits,
    member: run.member,
    atMs: parts.clock.nowMs(),
  };
}

function eventOf(
  ready: ReadyNode,
  attempts: readonly Attempt[],
  version: Version | null,
  credits: number,
): RunEvent {
  const node = ready.node.id;
  const failed = attempts.filter((attempt) => attempt.state !== "stored");
  const worst = failed.find((attempt) => attempt.state !== "cancelled") ?? failed[0];
  if (!worst) {
    if (!version) throw new Error(`Node ${node} ended without a result or a failure.`);
    return { type: "node-end", node, version };
  }
  if (worst.state === "cancelled" && !version) return { type: "node-skipped", node, because: null };
  return { type: "node-failure", node, failure: failureOf(worst, version), credits, version };
}

/** Leaves room for our own sentence within a failure's message. */
const longestReason = 900;

function failureOf(attempt: Attempt, version: Version | null): Failure {
  const failure = attempt.failure ?? {
    code: "internal",
    message: "The relay lost track of this node. It cost nothing; run it again.",
    isRetryable: true,
  };
  if (!version) return failure;
  const kept = `${version.items.length} results that came before are kept.`;
  return { ...failure, message: `${failure.message.slice(0, longestReason)} ${kept}` };
}

function stateOf(event: RunEvent): "done" | "failed" | "skipped" {
  if (event.type === "node-end") return "done";
  return event.type === "node-skipped" ? "skipped" : "failed";
}
