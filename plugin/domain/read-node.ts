import type { Node } from "./graph.ts";
import type { Issue } from "./issue.ts";
import type { LayerFacts } from "./layer.ts";
import { definitionOf, nodeDefinitions, type NodeType } from "./nodes/index.ts";
import type { NodeRecord } from "./read-records.ts";
import { ownTextOf } from "./read-text.ts";
import { makeWellFormed } from "./well-formed.ts";

const longestTitle = 60;

/** A node that was read from its layer, and what had to be left out. */
export interface ReadNode {
  readonly node: Node;
  readonly issues: readonly Issue[];
}

/** What a node is read from: its layer, what the layer remembers, and the text to see in or on it. */
export interface NodeSource {
  readonly layer: LayerFacts;
  readonly record: NodeRecord | null;
  readonly text: string | null;
}

/**
 * The node of a layer: what its record says, or a fresh one of the type that a person chose. The text
 * that people see in a Text node's layer is its text, whatever a record remembers.
 */
export function readNode({ layer, record, text }: NodeSource, type: NodeType): ReadNode {
  const config = record?.cfg;
  const settings: Node["settings"] = { ...config?.params };
  const promptSetting = textSettingOf(type);
  if (config?.prompt !== undefined && promptSetting !== null) {
    settings[promptSetting] = config.prompt;
  }
  // The card of a node shows its text below its title: that is not said twice.
  const title = config?.title ?? titleOf(layer, record ? ownTextOf(layer) : text, type);
  const cut = type === "text" && text !== null ? cutText(layer.id, text, title) : null;
  if (cut) settings["text"] = cut.text;
  const node: Node = {
    id: layer.id,
    type,
    title,
    model: config?.model ?? null,
    settings,
    isLocked: config?.isLocked ?? false,
  };
  return { node, issues: cut?.issue ? [cut.issue] : [] };
}

/** The setting that a person's own words go to: a prompt, an instruction, a text. */
export function textSettingOf(type: NodeType): string | null {
  const params = Object.entries(definitionOf(type).params);
  return params.find(([, param]) => param.control === "text")?.[0] ?? null;
}

/** What people call a layer: the first line of its text, else its name, else its kind of node. */
function titleOf(layer: LayerFacts, text: string | null, type: NodeType): string {
  const words = [text ?? "", layer.name].map(firstLine);
  const title = words.find((word) => word !== "") ?? definitionOf(type).title;
  if (title.length <= longestTitle) return title;
  return `${makeWellFormed(title.slice(0, longestTitle - 1)).trimEnd()}…`;
}

function firstLine(text: string): string {
  const line = text.split(/[\r\n\u2028\u2029]/).find((each) => each.trim() !== "");
  return makeWellFormed(line ?? "").trim();
}

/** Text as a Text node can hold it, with an issue where it had to be cut. */
function cutText(
  nodeId: string,
  text: string,
  title: string,
): { readonly text: string; readonly issue: Issue | null } {
  const whole = makeWellFormed(text);
  const { maxCharacters } = nodeDefinitions.text.params.text;
  if (whole.length <= maxCharacters) return { text: whole, issue: null };
  const message = `The text of "${title}" has ${whole.length} characters; only the first ${maxCharacters} are used.`;
  const kept = makeWellFormed(whole.slice(0, maxCharacters));
  return { text: kept, issue: { code: "limit", nodeId, message } };
}
