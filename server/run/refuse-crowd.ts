import { callsOf, type Plan } from "#domain/plan";
import { Refusal } from "../refusal.ts";
import type { OpenWork } from "../store/hosted-runs.ts";

/** How much a team may have open at a time. */
export interface TeamBounds {
  readonly runs: number;
  readonly calls: number;
}

const usualBounds: TeamBounds = { runs: 500, calls: 5_000 };
/** A refused start may be tried again after this, in seconds; some run will have ended. */
const retryAfterS = 10;

/**
 * Refuses a run of a team that has as much open as the relay takes on, before anything is held. What is
 * open is in the database, so that it costs no memory; the bound keeps waiting times in sight. Starts
 * of the same moment in several processes may pass it by a few.
 */
export function refuseCrowd(open: OpenWork, plan: Plan, bounds: TeamBounds = usualBounds): void {
  if (open.runs >= bounds.runs) {
    throw crowded(`Your team has ${open.runs} runs in progress`);
  }
  if (open.calls + callsOf(plan) > bounds.calls) {
    throw crowded(`The runs of your team that are in progress make ${open.calls} calls`);
  }
}

function crowded(what: string): Refusal {
  const sentence = `${what}, and this relay takes on no more at a time. Wait until some have ended, or stop some, then run again. Nothing was spent.`;
  return new Refusal("rate-limited", sentence, [], retryAfterS);
}
