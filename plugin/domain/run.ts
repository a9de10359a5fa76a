import { addCosts, noCost, worstBasis, type Cost, type PriceBasis } from "./cost.ts";
import type { Failure } from "./failure.ts";
import type { Plan } from "./plan.ts";
import { ownValue } from "./own-value.ts";
import type { NumberedEvent, RunEvent } from "./run-event.ts";
import type { Version } from "./version.ts";

/** How one node of a run stands. */
export interface RunStep {
  readonly state: "waiting" | "running" | "done" | "failed" | "skipped" | "reused";
  /** From 0 to 1, null where nobody knows. */
  readonly done: number | null;
  /** Its place in its provider's line, the next one at 1; 0 while it does not wait. */
  readonly position: number;
  /** Whether it is made and waits until the relay's storage takes it. */
  readonly isWithoutRoom: boolean;
  readonly version: Version | null;
  readonly failure: Failure | null;
  readonly credits: number;
  readonly microDollars: number;
  readonly priceBasis: PriceBasis;
  /** The node whose failure this one waits behind. */
  readonly because: string | null;
}

/** Said of a step that is without room, also where storage elsewhere does not answer. */
export const withoutRoomText = "Made, waiting for room in the relay's storage";

/** A run as its events tell it. */
export interface Run {
  readonly id: string;
  readonly state: "running" | "done" | "failed" | "cancelled";
  readonly isStopping: boolean;
  readonly plan: Plan | null;
  readonly steps: Readonly<Record<string, RunStep>>;
  /** What it has cost so far. */
  readonly credits: number;
  readonly microDollars: number;
  readonly priceBasis: PriceBasis;
  /** The number of the last event that was applied. */
  readonly lastEvent: number;
}

type Priced = Cost & { readonly priceBasis: PriceBasis };

const nothing = { ...noCost, priceBasis: "list" } as const;

const waiting: RunStep = {
  state: "waiting",
  done: null,
  position: 0,
  isWithoutRoom: false,
  version: null,
  failure: null,
  ...nothing,
  because: null,
};

/** A run of which nothing is known yet. */
export function newRun(id: string): Run {
  return {
    id,
    state: "running",
    isStopping: false,
    plan: null,
    steps: {},
    ...nothing,
    lastEvent: 0,
  };
}

/**
 * A run after an event. An event that was applied before, or that comes after a gap, changes nothing:
 * the reader asks again behind `lastEvent` (I7).
 */
export function applyEvent(run: Run, { number, event }: NumberedEvent): Run {
  if (number !== run.lastEvent + 1) return run;
  return { ...apply(run, event), lastEvent: number };
}

function apply(run: Run, event: RunEvent): Run {
  switch (event.type) {
    case "run-start": {
      const steps = event.plan.steps.map((step) => [step.node, waiting] as const);
      return { ...run, plan: event.plan, steps: Object.fromEntries(steps) };
    }
    case "node-start":
      return withStep(run, event.node, { state: "running" });
    case "node-progress":
      return withStep(run, event.node, { done: event.done });
    case "node-queued":
      return withStep(run, event.node, { position: event.position });
    case "node-no-room":
      return withStep(run, event.node, { isWithoutRoom: event.isWaiting });
    case "node-end": {
      const { version } = event;
      const ended = { state: "done", done: 1, version } as const;
      return withEnd(run, event.node, ended, version);
    }
    case "node-reused":
      return withStep(run, event.node, { state: "reused", version: event.version });
    case "node-failure": {
      const { failure, version } = event;
      const ended = { state: "failed", failure, version } as const;
      return withEnd(run, event.node, ended, event);
    }
    case "node-skipped":
      return withStep(run, event.node, { state: "skipped", because: event.because });
    case "run-cancel":
      return { ...run, isStopping: true };
    case "run-end":
      return {
        ...run,
        state: event.state,
        credits: event.credits,
        microDollars: event.microDollars,
      };
  }
}

function withStep(run: Run, node: string, changes: Partial<RunStep>): Run {
  const step: RunStep = { ...(ownValue(run.steps, node) ?? waiting), ...changes };
  return { ...run, steps: { ...run.steps, [node]: step } };
}

/** A step that ended, with what it cost, which the run cost as well. */
function withEnd(run: Run, node: string, changes: Partial<RunStep>, paid: Priced): Run {
  const { credits, microDollars, priceBasis } = paid;
  const ended = withStep(run, node, { ...changes, credits, microDollars, priceBasis });
  const basis = worstBasis([run.priceBasis, priceBasis]);
  return { ...ended, ...addCosts(run, paid), priceBasis: basis };
}

/** What a run came to, in the words of product.md A4.4. */
export type Outcome = "running" | "completed" | "completed with errors" | "failed" | "cancelled";

/**
 * What a run came to. It failed when nothing new came of it; where some of it did, also a part of a
 * node's results, it is "completed with errors".
 */
export function outcomeOf(run: Run): Outcome {
  if (run.state === "running" || run.state === "cancelled") return run.state;
  if (run.state === "done") return "completed";
  const kept = new Set(
    run.plan?.steps.filter((step) => step.action === "reuse").map((step) => step.node),
  );
  const hasResult = Object.entries(run.steps).some(
    ([node, step]) => step.version !== null && !kept.has(node),
  );
  return hasResult ? "completed with errors" : "failed";
}
