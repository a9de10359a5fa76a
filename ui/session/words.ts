import type { Graph } from "#domain/graph";
import { indexGraph } from "#domain/index-graph";
import { queueText } from "#domain/queue-position";
import { withoutRoomText, type Outcome, type RunStep } from "#domain/run";
import type { StepReason } from "#domain/plan";

/** When something was, by this machine's clock and calendar: "14:03", or "12 Mar, 14:03". */
export function formatMoment(atMs: number, nowMs: number): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)];
  const time = `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
  if (at.toDateString() === now.toDateString()) return time;
  const year = at.getFullYear() === now.getFullYear() ? "" : ` ${at.getFullYear()}`;
  return `${at.getDate()} ${months[at.getMonth()] ?? ""}${year}, ${time}`;
}

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** "about 40 s", "about 3 min". */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1_000) return "less than a second";
  if (durationMs < 90_000) return `about ${Math.round(durationMs / 1_000)} s`;
  return `about ${Math.round(durationMs / 60_000)} min`;
}

/** Why a step of a plan runs or does not, for the plan sheet. */
export const reasonTexts: Readonly<Record<StepReason, string>> = {
  "first-run": "Has no result yet",
  changed: "Input or settings changed",
  "upstream-runs": "What feeds it runs first",
  "asked-again": "You asked for new results",
  "up-to-date": "Up to date",
  locked: "Locked",
};

/** What a run came to, for the Runs tab. */
export const outcomeTexts: Readonly<Record<Outcome, string>> = {
  running: "Running",
  completed: "Completed",
  "completed with errors": "Completed with errors",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** How a node stands that has begun: "Running · 40 %", its place in line, or that it waits for room. */
export function runningText(
  step: Pick<RunStep, "done" | "position" | "isWithoutRoom"> | undefined,
): string {
  if (step?.isWithoutRoom) return withoutRoomText;
  if (step?.position) return queueText(step.position);
  return step?.done == null ? "Running" : `Running · ${Math.round(step.done * 100)} %`;
}

/** What became of a node that did not run: stopped, or behind one that failed. */
export function skippedText(because: string | null | undefined, graph: Graph | null): string {
  if (because == null) return outcomeTexts.cancelled;
  const title = graph && indexGraph(graph).nodes.get(because)?.title;
  return `Waiting for ${title ?? "a node"}: failed`;
}
