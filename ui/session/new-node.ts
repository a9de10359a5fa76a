import type { AskOf } from "#domain/channel";
import { cardOfNode } from "#domain/card-of-node";
import type { Node } from "#domain/graph";
import type { Model } from "#domain/model";
import { definitionOf, type NodeType } from "#domain/nodes/index";
import { textSettingOf } from "#domain/read-node";
import { modelFor } from "#domain/settings";
import { newNodeRecord } from "./node-record.ts";
import { without } from "./without.ts";

/** What a new node of a type is drawn and remembered by; `prompt`: words that it starts with. */
export function newNode(
  type: NodeType,
  models: readonly Model[],
  prompt: string | null = null,
): { readonly node: Omit<Node, "id">; readonly ask: Omit<AskOf<"createNode">, "after"> } {
  const { title, params } = definitionOf(type);
  const text = textSettingOf(type);
  const settings: Node["settings"] = {};
  if (prompt !== null && text !== null) settings[text] = prompt;
  // An empty card shows no picture of its own: its file is still to be chosen (layer-pictures.ts).
  if (params["asset"]?.control === "asset") settings["asset"] = null;
  const node = { type, title, model: null, settings, isLocked: false };
  const card = cardOfNode({
    node: { ...node, id: "new" },
    status: { kind: "empty", text: "Empty", done: null },
    model: modelFor(node, models),
    version: null,
  });
  const record = newNodeRecord("new", type, { params: settings });
  return { node, ask: { content: without(card, "layer"), record } };
}
