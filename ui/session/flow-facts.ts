import type { Asset } from "#domain/asset";
import { checkGraph } from "#domain/check-graph";
import type { Graph } from "#domain/graph";
import type { Issue } from "#domain/issue";
import type { PageFacts } from "#domain/layer";
import type { Model } from "#domain/model";
import { definitionOf } from "#domain/nodes/index";
import { findStale } from "#domain/plan-run";
import type { Board } from "#domain/read-board";
import type { Version } from "#domain/version";
import { descendantsOf } from "#domain/walk-graph";
import { hashText } from "./hash.ts";
import { fillPictures, type LayerPicture } from "./layer-pictures.ts";
import { newestTurns, type NodeTurn, type TrackedRun } from "./tracked-run.ts";

/** What is known of the flows of a page, whatever runs. */
export interface StillFacts {
  readonly page: PageFacts;
  readonly board: Board;
  /** The board's graph, with the pictures of layers as assets. */
  readonly graph: Graph;
  /** The nodes whose picture is a layer of the page. */
  readonly pictures: ReadonlyMap<string, LayerPicture>;
  readonly models: readonly Model[];
  /** The newest result of each node that has one. */
  readonly versions: ReadonlyMap<string, Version>;
  /** What stands against a run of each node. */
  readonly issues: ReadonlyMap<string, readonly Issue[]>;
  readonly stale: ReadonlySet<string>;
}

/** All that is known of the flows of a page, from which every view is derived. */
export interface FlowFacts extends StillFacts {
  /** The same object as long as nothing but runs told something new. */
  readonly still: StillFacts;
  /** Newest first. */
  readonly runs: readonly TrackedRun[];
  readonly turns: ReadonlyMap<string, NodeTurn>;
}

/** What the facts are worked out from. */
export interface FlowSources extends Pick<StillFacts, "page" | "board" | "models" | "versions"> {
  /** Pictures of layers that were read, by {@link LayerPicture.key}. */
  readonly read: ReadonlyMap<string, Asset>;
}

/** Works out what is known of the flows of a page. */
export function readFlow({ page, board, models, versions, read }: FlowSources): StillFacts {
  const { graph, pictures } = fillPictures(board.graph, page, read);
  const issues = new Map<string, Issue[]>();
  // Before the models are known only what needs none can be judged.
  const isKnown = models.length > 0;
  const found = isKnown ? checkGraph(graph, models) : checkGraph(graph, models, sourcesOf(graph));
  for (const issue of [...board.issues, ...found]) {
    if (issue.nodeId === null) continue;
    issues.set(issue.nodeId, [...(issues.get(issue.nodeId) ?? []), issue]);
  }
  const stale = isKnown
    ? findStale(graph, { models, known: versions, hashText })
    : new Set<string>();
  const unread = [...pictures].filter(([, { asset }]) => asset === null).map(([node]) => node);
  // A result below a picture that nobody read yet may hold as well as not: it is not called stale.
  for (const node of descendantsOf(graph, unread)) stale.delete(node);
  return { page, board, graph, pictures, models, versions, issues, stale };
}

function sourcesOf(graph: Graph): Set<string> {
  const sources = graph.nodes.filter(({ type }) => definitionOf(type).task === null);
  return new Set(sources.map(({ id }) => id));
}

/** The facts with the runs of the file, which tell something new far more often. */
export function withRuns(still: StillFacts, runs: readonly TrackedRun[]): FlowFacts {
  return { ...still, still, runs, turns: newestTurns(runs) };
}
