import { ownValue } from "#domain/own-value";
import type { RunSummary } from "#domain/relay";
import { newRun, type Run, type RunStep } from "#domain/run";

/** A run of this file: what the relay listed, and what its events told so far. */
export interface TrackedRun {
  readonly summary: RunSummary;
  readonly run: Run;
}

/** A run of which only the summary is known. */
export function trackRun(summary: RunSummary): TrackedRun {
  return { summary, run: newRun(summary.id) };
}

/** Whether a run goes on, by what was heard last. */
export function isRunning({ summary, run }: TrackedRun): boolean {
  return summary.state === "running" && run.state === "running";
}

/** A node's turn in a run, with the run. */
export interface NodeTurn {
  readonly tracked: TrackedRun;
  readonly step: RunStep;
}

/** Whether a node's turn is not over, nor the run that it is part of. */
export function isGoing({ tracked, step }: NodeTurn): boolean {
  return isRunning(tracked) && (step.state === "waiting" || step.state === "running");
}

/** The newest turn of each node, from runs newest first. */
export function newestTurns(runs: readonly TrackedRun[]): ReadonlyMap<string, NodeTurn> {
  const turns = new Map<string, NodeTurn>();
  for (const tracked of runs) {
    for (const { node } of tracked.summary.plan.steps) {
      const step = ownValue(tracked.run.steps, node);
      if (step && !turns.has(node)) turns.set(node, { tracked, step });
    }
  }
  return turns;
}
