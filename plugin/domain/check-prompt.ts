import type { Node } from "./graph.ts";
import type { Issue } from "./issue.ts";
import type { Model } from "./model.ts";
import type { Call } from "./resolve-inputs.ts";

/** Whether the longest prompt of some calls is longer than the model takes. */
export function checkPrompt(node: Node, model: Model, calls: readonly Call[]): Issue[] {
  const longest = calls.reduce((most, { prompt }) => Math.max(most, prompt.length), 0);
  if (longest <= model.maxPromptCharacters) return [];
  const message = `The prompt of "${node.title}" has ${longest} characters; ${model.title} takes at most ${model.maxPromptCharacters}.`;
  return [{ code: "model-unfit", nodeId: node.id, setting: "prompt", message }];
}
