import type { Issue } from "#domain/issue";
import { planRun, type Planned } from "#domain/plan-run";
import { noPlan } from "#domain/plan";
import type { RunTarget } from "#domain/run-target";
import type { Graph } from "#domain/graph";
import { paramsOf } from "#domain/nodes/index";
import { reviveAssets } from "../store/asset-references.ts";
import { latestVersions } from "../store/versions.ts";
import type { Version } from "#domain/version";
import { offeredModels } from "./offered-models.ts";
import type { RunParts } from "./run-parts.ts";

/** What a person asks to price or to run. */
export interface PlanRequest {
  readonly file: string;
  readonly graph: Graph;
  readonly target: RunTarget;
  readonly isAgain: boolean;
}

/** A request planned by the relay itself, with the results it would start from. */
export interface PlannedRequest extends Planned {
  readonly known: ReadonlyMap<string, Version>;
}

/**
 * Checks and plans a request with what the relay itself knows: it trusts nobody's plan, price or
 * earlier results.
 */
export async function planRequest(
  parts: RunParts,
  team: string,
  request: PlanRequest,
): Promise<PlannedRequest> {
  const { graph, file, target, isAgain } = request;
  const ids = graph.nodes.map((node) => node.id);
  const known = await latestVersions(parts.store.database, team, file, ids);
  const missing = await missingAssets(parts, team, graph);
  const models = await offeredModels(parts, team);
  const planned = planRun(graph, target, { models, known, hashText: parts.hashText, isAgain });
  const issues = [...planned.issues, ...missing];
  return {
    plan: issues.length > 0 ? noPlan : planned.plan,
    costs: planned.costs,
    issues,
    known,
  };
}

/**
 * Files named in the graph that this team never uploaded, or that belong to somebody else (T7). Those that
 * it has are kept for a day at least from now, which is longer than any quote holds.
 */
async function missingAssets(parts: RunParts, team: string, graph: Graph): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (const node of graph.nodes) {
    const missing = await reviveAssets(parts.store.database, team, assetHashes(node));
    const message = `The relay does not have the file of "${node.title}". Upload it again.`;
    issues.push(
      ...missing.map(() => ({ code: "setting-invalid", nodeId: node.id, message }) as const),
    );
  }
  return issues;
}

function assetHashes(node: Graph["nodes"][number]): string[] {
  const params = paramsOf(node.type, null);
  return Object.entries(node.settings).flatMap(([name, value]) => {
    const control = params[name]?.control;
    if (control !== "asset" && control !== "items") return [];
    return [...JSON.stringify(value).matchAll(/"hash":"([0-9a-f]{64})"/g)].map(
      ([, hash]) => hash ?? "",
    );
  });
}
