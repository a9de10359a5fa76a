import { checkPictures } from "./check-pictures.ts";
import { checkPrompt } from "./check-prompt.ts";
import type { Graph, Node } from "./graph.ts";
import type { Issue } from "./issue.ts";
import type { Item } from "./item.ts";
import type { Model } from "./model.ts";
import { modelFor } from "./settings.ts";
import { traceResults } from "./trace-results.ts";
import { sortNodes } from "./walk-graph.ts";

/** Stands for what is not made yet: one thing that adds nothing to a prompt. */
const unknown: Item = { kind: "text", text: "" };

/**
 * Prompts that are longer than a model takes already by what was typed, and pictures on the board that
 * it cannot take; what nodes will make is not known before a run.
 */
export function checkStaticCalls(
  graph: Graph,
  models: readonly Model[],
  judged: readonly Node[],
): Issue[] {
  const wanted = new Set(judged.map((node) => node.id));
  const trace = traceResults(graph, models, null);
  const issues: Issue[] = [];
  for (const id of sortNodes(graph).order) {
    trace.visit(id, ({ node, calls }) => {
      const model = modelFor(node, models);
      if (wanted.has(id) && calls && model) {
        issues.push(...checkPrompt(node, model, calls), ...checkPictures(node, model, calls));
      }
      return [unknown];
    });
  }
  return issues;
}
