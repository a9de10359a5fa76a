import type { Quote } from "#domain/relay";
import { isAbove, type Cost } from "#domain/cost";
import { basisOf, type Plan } from "#domain/plan";
import type { RunEvent } from "#domain/run-event";
import { ancestorsOf } from "#domain/walk-graph";
import type { Caller } from "../handler.ts";
import { Refusal } from "../refusal.ts";
import { holdAll } from "../store/ledger.ts";
import { availableTo } from "../store/read-ledger.ts";
import type { Transaction } from "../store/database.ts";
import { openWork } from "../store/hosted-runs.ts";
import { findQuote, saveQuote } from "../store/quotes.ts";
import { insertNodeRuns, type NodeRun } from "../store/node-runs.ts";
import { createRun, findOpenRun, findRunByKey, getRun, type RunRow } from "../store/runs.ts";
import { planRequest, type PlannedRequest, type PlanRequest } from "./plan-request.ts";
import { refuseCrowd } from "./refuse-crowd.ts";
import type { RunParts } from "./run-parts.ts";
import { checkCaps, checkConfirmed, judgePrice } from "./spending-rules.ts";

/** A press of Run: what was quoted, and the session that pressed, where it is known. */
export interface StartRequest extends PlanRequest {
  readonly quote: string;
  /** A large price was confirmed a second time. */
  readonly isConfirmed?: boolean | undefined;
  readonly session?: string | undefined;
}

/** How long a price is promised. */
const quoteMs = 10 * 60_000;

/** Plans a request and promises its price. Issues come back as data; nothing is spent or held. */
export async function quoteRun(
  parts: RunParts,
  caller: Caller,
  request: PlanRequest,
): Promise<Quote> {
  const { plan, issues } = await planRequest(parts, caller.team, request);
  const judged = await judgePrice(parts, caller, request.file, plan);
  const { isLarge, notes } = judged;
  const available = await availableTo(parts.store.database, caller.team);
  const expiresAtMs = parts.clock.nowMs() + quoteMs;
  const id = parts.newId();
  const price: Cost = { credits: plan.credits, microDollars: plan.microDollars };
  const member = caller.member;
  const { file } = request;
  const promise = { id, member, file, requestHash: hashOf(parts, request), plan, isLarge };
  await parts.store.transaction(
    (transaction) => saveQuote(transaction, caller.team, { ...promise, ...price, expiresAtMs }),
    "promised",
  );
  const found = [...issues, ...judged.issues];
  return { id, plan, issues: found, ...price, balance: available, isLarge, notes, expiresAtMs };
}

/**
 * Starts what a quote promised: run, holds and first events in one commit. The same key gives the
 * same run for ever; with another request it is refused. A price that rose since the quote is refused
 * too, so that nobody pays more than was shown (I14).
 */
export async function startRun(
  parts: RunParts,
  caller: Caller,
  key: string,
  request: StartRequest,
): Promise<RunRow> {
  const keyHash = hashOf(parts, request);
  const earlier = await findEarlier(parts, caller.team, key, keyHash);
  if (earlier) return earlier;
  const planned = await planRequest(parts, caller.team, request);
  if (planned.issues.length > 0) {
    const [first] = planned.issues;
    throw new Refusal(
      "graph-invalid",
      first?.message ?? "It cannot run.",
      planned.issues.slice(0, 5),
    );
  }
  await checkQuote(parts, caller.team, request, keyHash, planned.plan);
  const id = parts.newId();
  const begun = await parts.store.transaction(async (transaction) => {
    if (await findRunByKey(transaction, caller.team, key)) return null;
    // Two presses for the same thing share one run (figma-platform.md 11.5).
    const shared = await findOpenRun(transaction, caller.team, keyHash);
    if (shared !== null) return shared;
    const open = await openWork(transaction, caller.team, caller.member);
    refuseCrowd(open, planned.plan, parts.bounds);
    const isHosted = open.hasRoomToHost;
    return reserve(parts, transaction, caller, { id, key, keyHash, request, planned, isHosted });
  });
  await parts.reach("afterReserve");
  if (begun !== null && typeof begun !== "string") return begun;
  const run =
    begun === null
      ? await findEarlier(parts, caller.team, key, keyHash)
      : await getRun(parts.store.database, caller.team, begun);
  if (!run) throw new Error(`Run ${id} was not kept.`);
  return run;
}

async function findEarlier(
  parts: RunParts,
  team: string,
  key: string,
  keyHash: string,
): Promise<RunRow | null> {
  const found = await findRunByKey(parts.store.database, team, key);
  if (!found) return null;
  if (found.keyHash !== keyHash) {
    throw new Refusal("key-reused", "This key already started another run. Press Run again.");
  }
  return getRun(parts.store.database, team, found.id);
}

async function checkQuote(
  parts: RunParts,
  team: string,
  request: StartRequest,
  requestHash: string,
  plan: Plan,
): Promise<void> {
  const quote = await findQuote(parts.store.database, team, request.quote);
  const isSame = quote?.requestHash === requestHash;
  const isLate = isSame && quote.expiresAtMs < parts.clock.nowMs();
  if (!isSame || isLate || isAbove(plan, quote) || isLessKnown(plan, quote.plan)) {
    throw new Refusal("quote-stale", "The price may have changed since it was shown. Look again.");
  }
  checkConfirmed(quote, request.isConfirmed === true);
}

function isLessKnown(plan: Plan, promised: Plan): boolean {
  return basisOf(plan) === "unknown" && basisOf(promised) !== "unknown";
}

interface NewRun {
  readonly id: string;
  readonly key: string;
  readonly keyHash: string;
  readonly request: StartRequest;
  readonly planned: PlannedRequest;
  readonly isHosted: boolean;
}

async function reserve(
  parts: RunParts,
  transaction: Transaction,
  caller: Caller,
  { id, key, keyHash, request, planned, isHosted }: NewRun,
): Promise<RunRow> {
  const { plan } = planned;
  const { file, graph, target, isAgain, quote, session = null } = request;
  const nowMs = parts.clock.nowMs();
  await checkCaps(transaction, caller, file, plan, nowMs);
  const { events, nodes } = freezeResults(request, planned);
  const asked = { file, graph, target, isAgain, plan, quote, session };
  const row = { id, key, keyHash, member: caller.member, ...asked, isHosted, nowMs };
  const run = await createRun(transaction, caller.team, row, events);
  await holdPlan(parts, transaction, caller.team, id, planned, nowMs);
  await insertNodeRuns(transaction, caller.team, id, nodes);
  return run;
}

/** Holds for each call as much as it can cost at most, together what the plan says. */
async function holdPlan(
  parts: RunParts,
  transaction: Transaction,
  team: string,
  run: string,
  { plan, costs }: PlannedRequest,
  nowMs: number,
): Promise<void> {
  const holds = plan.steps.flatMap(({ action, node, calls }) => {
    const each = costs.get(node) ?? [];
    return Array.from({ length: action === "reuse" ? 0 : calls }, (_, call) => {
      const cost = each[call % each.length];
      if (!cost) throw new Error(`${node} has no price for call ${call}.`);
      return { id: parts.newId(), run, node, call, ...cost, nowMs };
    });
  });
  if (await holdAll(transaction, team, holds)) return;
  throw new Refusal(
    "credits-missing",
    `This run may cost ${plan.credits} credits and the team has fewer left. Nothing was spent.`,
  );
}

/**
 * Which earlier results the run starts from, so that later ones change nothing in it, and what is told of
 * it first.
 */
function freezeResults(
  { graph }: PlanRequest,
  { plan, known }: PlannedRequest,
): { readonly events: readonly RunEvent[]; readonly nodes: ReadonlyMap<string, NodeRun> } {
  const nodes = new Map<string, NodeRun>();
  const events: RunEvent[] = [{ type: "run-start", plan }];
  for (const { node, action } of plan.steps) {
    const version = action === "reuse" ? known.get(node) : undefined;
    nodes.set(node, { state: version ? "reused" : "waiting", version: version?.id ?? null });
    if (version) events.push({ type: "node-reused", node, version });
  }
  const above = ancestorsOf(
    graph,
    plan.steps.map((step) => step.node),
  );
  for (const node of above) {
    const version = known.get(node);
    if (version && !nodes.has(node)) nodes.set(node, { state: "reused", version: version.id });
  }
  return { events, nodes };
}

/** The identity of a request: what is asked, not how it was written or which quote it names. */
function hashOf(parts: RunParts, request: PlanRequest): string {
  const { file, graph, target, isAgain } = request;
  return parts.hashText(JSON.stringify([file, graph, target, isAgain]));
}
