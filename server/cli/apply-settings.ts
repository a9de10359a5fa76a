import { readFile } from "node:fs/promises";
import { assetSchema, type Asset } from "#domain/asset";
import type { Graph, Node } from "#domain/graph";
import type { Model } from "#domain/model";
import { paramsOf } from "#domain/nodes/index";
import type { Param } from "#domain/param";
import { modelFor } from "#domain/settings";
import { UsageError } from "./arguments.ts";

/** A setting as it was typed on the command line. */
export interface TypedSetting {
  readonly node: string;
  readonly setting: string;
  readonly value: string;
}

/**
 * A graph with the settings of the command line in it. A file named for an asset goes up through
 * `upload`. Throws UsageError for a node, setting or value that cannot be; what a param then says of
 * the value is for checkGraph.
 */
export async function applySettings(
  graph: Graph,
  typed: readonly TypedSetting[],
  models: readonly Model[],
  upload: (bytes: Uint8Array) => Promise<Asset>,
): Promise<Graph> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  for (const each of typed) {
    const node = nodes.get(each.node);
    if (!node) {
      throw new UsageError(`The layer ${each.node} is no node; add --use ${each.node}=TYPE.`);
    }
    nodes.set(node.id, await withSetting(node, each, models, upload));
  }
  return { ...graph, nodes: graph.nodes.map((node) => nodes.get(node.id) ?? node) };
}

async function withSetting(
  node: Node,
  { setting, value }: TypedSetting,
  models: readonly Model[],
  upload: (bytes: Uint8Array) => Promise<Asset>,
): Promise<Node> {
  if (setting === "model") return { ...node, model: value };
  if (setting === "locked") return { ...node, isLocked: value === "true" };
  const params = paramsOf(node.type, modelFor(node, models));
  const param = params[setting];
  if (!param) {
    const known = ["model", ...Object.keys(params)].join(", ");
    throw new UsageError(`"${node.title}" has no setting "${setting}"; it has: ${known}.`);
  }
  const read = await readValue(param, value, upload);
  return { ...node, settings: { ...node.settings, [setting]: read } };
}

async function readValue(
  param: Param,
  value: string,
  upload: (bytes: Uint8Array) => Promise<Asset>,
): Promise<Node["settings"][string]> {
  switch (param.control) {
    case "text":
    case "choice":
      return value;
    case "number":
    case "seed":
      return value.trim() === "" ? null : Number(value);
    case "switch":
      return value === "true";
    case "asset":
      return assetSchema.parse(await upload(await readFileNamed(value)));
    case "items":
      return value
        .split("|")
        .filter((text) => text.trim() !== "")
        .map((text) => ({ isTicked: true, item: { kind: "text", text: text.trim() } }));
  }
}

async function readFileNamed(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch {
    throw new UsageError(`The file "${file}" cannot be read.`);
  }
}
