import type { ListedRun } from "#domain/console-routes";
import type { Handler } from "../handler.ts";
import { newestResults } from "../store/newest-results.ts";
import { listTeamRuns, type TeamRunListing } from "../store/run-listings.ts";
import type { RouteParts } from "./route-parts.ts";
import { findRun } from "./runs.ts";

/** The newest runs of the whole team. */
export function allRuns({ store }: RouteParts): Handler<"allRuns"> {
  return async ({ caller }) => ({
    runs: (await listTeamRuns(store.database, caller.team, 50)).map(listRun),
  });
}

/** What the newest runs of the whole team made. */
export function allResults({ store }: RouteParts): Handler<"allResults"> {
  return async ({ caller }) => ({ versions: await newestResults(store.database, caller.team) });
}

/** What the nodes of a run were called when it began. */
export function runNodes(parts: RouteParts): Handler<"runNodes"> {
  return async ({ caller, path }) => {
    const { graph } = await findRun(parts, caller.team, path["run"]);
    return { nodes: graph.nodes.map(({ id, type, title }) => ({ id, type, title })) };
  };
}

function listRun({ plan, member, ...run }: TeamRunListing): ListedRun {
  const running = plan.steps.filter(({ action }) => action === "run");
  return {
    id: run.id,
    file: run.file,
    fileName: run.fileName,
    state: run.state,
    credits: run.credits,
    microDollars: run.microDollars,
    startedBy: member,
    startedAtMs: run.startedAtMs,
    endedAtMs: run.endedAtMs,
    lastEvent: run.lastEvent,
    nodes: plan.steps.length,
    reused: plan.steps.length - running.length,
    atMost: { credits: plan.credits, microDollars: plan.microDollars },
    models: [...new Set(running.map(({ model }) => model))],
  };
}
