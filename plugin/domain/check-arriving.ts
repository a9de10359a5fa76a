import type { Node } from "./graph.ts";
import type { Issue } from "./issue.ts";
import type { Model } from "./model.ts";
import { fansOf, type ArrivingOutput } from "./node-output.ts";
import { definitionOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import { takesOnlyText } from "./resolve-inputs.ts";

/**
 * What is wrong with how much arrives at a node: two lists at once, whose pairs nobody guesses, or
 * more at an input than the model takes in one call.
 */
export function checkArriving(
  node: Node,
  model: Model | null,
  arriving: readonly ArrivingOutput[],
): Issue[] {
  const lists = fansOf(node, arriving).length;
  if (lists > 1) {
    const message = `"${node.title}" is fed by ${lists} lists; it can run over one list at a time. Join them in one List.`;
    return [{ code: "list-conflict", nodeId: node.id, message }];
  }
  if (!model) return [];
  return Object.entries(definitionOf(node.type).inputs).flatMap(([port, input]): Issue[] => {
    const here = arriving.filter((each) => each.port === port);
    if (here.length === 0) return [];
    const isEach = input.onList === "each";
    const items = here.reduce((sum, each) => sum + (isEach && each.isList ? 1 : each.maxItems), 0);
    // Texts that are joined into one prompt are one thing to the model.
    const asked = isEach && takesOnlyText(input) ? 1 : items;
    const most = ownValue(model.inputs, port) ?? 0;
    if (asked <= most) return [];
    const message =
      most === 0
        ? `${model.title} takes nothing at "${input.label}". Choose another model or remove the connection.`
        : `${model.title} takes at most ${most} at "${input.label}", and ${asked} can arrive. Choose another model or connect fewer.`;
    return [{ code: "model-unfit", nodeId: node.id, port, message }];
  });
}
