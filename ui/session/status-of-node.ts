import type { CardStatus } from "#domain/card";
import type { Node } from "#domain/graph";
import { definitionOf } from "#domain/nodes/index";
import type { RunStep } from "#domain/run";
import { inputsOf } from "#domain/walk-graph";
import type { FlowFacts } from "./flow-facts.ts";
import { isRunning, type NodeTurn } from "./tracked-run.ts";
import { runningText, skippedText } from "./words.ts";

/** How every node of a page stands, in the words of product.md A7. */
export function statusesOf(facts: FlowFacts): ReadonlyMap<string, CardStatus> {
  return new Map(facts.graph.nodes.map((node) => [node.id, statusOfNode(facts, node)]));
}

/** How a node stands. In "failed", the text is the failure's whole sentence. */
export function statusOfNode(facts: FlowFacts, node: Node): CardStatus {
  const { versions, turns, stale } = facts;
  const turn = turns.get(node.id);
  const version = versions.get(node.id);
  if (definitionOf(node.type).task === null) return statusOfSource(facts, node);
  const going = turn && isRunning(turn.tracked) ? statusOfGoing(facts, turn) : null;
  if (going) return going;
  const ended = turn && isAfterVersion(facts, node, turn) ? statusOfEnded(facts, turn.step) : null;
  if (ended) return ended;
  if (node.isLocked) return status("locked", "Locked");
  const issue = facts.issues.get(node.id)?.[0];
  if (issue) {
    const isEmpty = !version && inputsOf(facts.graph, node.id).length === 0;
    const isMissing = issue.code === "input-missing";
    return isMissing && isEmpty ? status("empty", "Empty") : status("not-ready", "Not ready");
  }
  if (!version) return status("ready", "Ready");
  return stale.has(node.id) ? status("stale", "Input changed") : status("done", "Done");
}

/** What went wrong with a node in its newest turn, as long as no newer result came. */
export function failedTurnOf(facts: FlowFacts, node: Node): NodeTurn | null {
  const turn = facts.turns.get(node.id);
  const isFailed = turn?.step.state === "failed" && isAfterVersion(facts, node, turn);
  return isFailed ? turn : null;
}

function statusOfSource(facts: FlowFacts, node: Node): CardStatus {
  const issues = facts.issues.get(node.id) ?? [];
  if (issues.length === 0) return status("done", "Done");
  const isMissing = issues.some(({ code }) => code === "input-missing");
  return isMissing ? status("empty", "Empty") : status("not-ready", "Not ready");
}

function statusOfGoing(facts: FlowFacts, { tracked, step }: NodeTurn): CardStatus | null {
  if (step.state === "running") {
    const kind = step.position ? "queued" : "running";
    return { kind, text: runningText(step), done: step.done };
  }
  if (step.state !== "waiting") return statusOfEnded(facts, step);
  const isBehind = Object.values(tracked.run.steps).some(({ state }) => state === "running");
  return isBehind ? status("waiting", "Upstream task in progress") : status("queued", "Queued");
}

function statusOfEnded(facts: FlowFacts, step: RunStep): CardStatus | null {
  if (step.state === "failed") return status("failed", step.failure?.message ?? "It failed.");
  if (step.state !== "skipped") return null;
  const kind = step.because === null ? "cancelled" : "blocked";
  return status(kind, skippedText(step.because, facts.graph));
}

/** Whether a turn tells more than the newest result: that came from it, or was there before it. */
function isAfterVersion({ versions }: FlowFacts, node: Node, { tracked }: NodeTurn): boolean {
  const version = versions.get(node.id);
  if (!version || version.run === tracked.summary.id) return true;
  return version.atMs <= tracked.summary.startedAtMs;
}

/** A pill takes 200 characters; a longer failure is told in the panel. */
function status(kind: CardStatus["kind"], text: string): CardStatus {
  return { kind, text: text.length > 200 ? `${text.slice(0, 199)}…` : text, done: null };
}
