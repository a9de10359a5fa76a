import { canonicalJson } from "#domain/fingerprint";
import type { Node } from "#domain/graph";
import type { LayerFacts } from "#domain/layer";
import type { NodeType } from "#domain/nodes/index";
import { textSettingOf } from "#domain/read-node";
import { longestRecord, readNodeRecord, type NodeRecord } from "#domain/read-records";
import type { RecordWrite } from "#domain/repair-copies";
import { without } from "./without.ts";

/** What a person set of a node. */
export type NodeConfig = NodeRecord["cfg"];

/** The record of a new node: the same text for the same settings, whatever was set first. */
export function newNodeRecord(self: string, kind: NodeType, cfg: NodeConfig = {}): string {
  const record: NodeRecord = { v: 1, self, kind, cfg };
  return canonicalJson(record);
}

/**
 * The write that changes what a node's layer remembers, or a sentence where it would not fit. A copy's
 * record becomes its own by this.
 */
export function changeNodeRecord(
  layer: LayerFacts,
  kind: NodeType,
  change: (config: NodeConfig) => NodeConfig,
): RecordWrite | { readonly problem: string } {
  const known = readNodeRecord(layer).value;
  const config = known?.kind === kind ? known.cfg : {};
  const value = newNodeRecord(layer.id, kind, change(config));
  if (value.length > longestRecord) {
    const problem = "That is more than a layer can keep. Shorten the text, or take items away.";
    return { problem };
  }
  return { layer: layer.id, key: "node", value };
}

/** A configuration with one setting changed; undefined goes back to the default. */
export function withSetting(
  kind: NodeType,
  name: string,
  value: Node["settings"][string] | undefined,
): (config: NodeConfig) => NodeConfig {
  return ({ prompt, params, ...others }) => {
    const text = textSettingOf(kind);
    // A prompt beside the params would win over them (readNode), so it moves in with them.
    const moved = prompt !== undefined && text !== null ? { [text]: prompt } : {};
    const kept = without<NonNullable<typeof params>, string>({ ...params, ...moved }, name);
    return { ...others, params: value === undefined ? kept : { ...kept, [name]: value } };
  };
}
