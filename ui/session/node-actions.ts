import { portTypeOf, type Asset } from "#domain/asset";
import type { Node } from "#domain/graph";
import type { LayerFacts } from "#domain/layer";
import { paramsOf } from "#domain/nodes/index";
import { withArticle, type PortType } from "#domain/port";
import { readOutputRecord, type OutputRecord } from "#domain/read-records";
import { modelFor } from "#domain/settings";
import * as z from "zod/mini";
import type { NodeAction } from "../node-view.ts";
import { factsOf, Hindrance, relayOf, type ActionContext } from "./action-context.ts";
import { findNode } from "./build-actions.ts";
import { ownLinesAt } from "./connection-actions.ts";
import { duplicateNode } from "./duplicate-node.ts";
import { changeNodeRecord, withSetting, type NodeConfig } from "./node-record.ts";
import { removeLayers } from "./remove-layers.ts";
import { layersOfResults } from "./result-layers.ts";
import { saveResults } from "./save-result.ts";
import { reasonAgainstFile, uploadBytes } from "./upload-bytes.ts";

/** Gives a node a name of its own; an empty one goes back to what its layer says. */
export function rename(context: ActionContext, id: string, title: string): Promise<void> {
  const name = title.trim().slice(0, 200);
  return change(context, id, ({ title: _, ...others }) => {
    return name === "" ? others : { ...others, title: name };
  });
}

/** Lets a node run on another model. */
export function setModel(context: ActionContext, id: string, model: string): Promise<void> {
  return change(context, id, (config) => ({ ...config, model }));
}

/** Sets a setting. The text of a Text node is what people read in its layer, so it is written there. */
export async function setSetting(
  context: ActionContext,
  id: string,
  name: string,
  value: unknown,
): Promise<void> {
  const node = findNode(context, id);
  if (node.type === "text" && name === "text" && typeof value === "string") {
    if (node.settings["text"] === value) return;
    const { message } = await context.channel.ask("writeText", { layer: id, text: value });
    if (message !== null) throw new Hindrance(message);
    return;
  }
  const json = z.safeParse(z.json(), value);
  const param = paramsOf(node.type, modelFor(node, factsOf(context).models))[name];
  // Numbers come in bursts from a slider or a stepper; texts were collected by their field.
  const when = param?.control === "number" ? "burst" : "now";
  await change(context, id, withSetting(node.type, name, json.data), when);
}

/** Decides whether new results join the old ones or take their place. */
export async function setPlacement(
  context: ActionContext,
  id: string,
  mode: "stack" | "replace",
): Promise<void> {
  const layer = layerOf(context, id);
  const known = readOutputRecord(layer).value;
  const kept = known?.self === id ? known : {};
  const record: OutputRecord = { ...kept, v: 1, self: id, mode };
  await context.edits.write([{ layer: id, key: "out", value: JSON.stringify(record) }]);
}

/** Uploads a file of this computer and gives it to a node. */
export async function setFile(
  context: ActionContext,
  id: string,
  setting: string,
  file: File,
): Promise<void> {
  const node = findNode(context, id);
  const reason = reasonAgainstFile(file);
  if (reason !== null) throw new Hindrance(reason);
  const { relay } = relayOf(context);
  const asset = await uploadBytes(relay, new Uint8Array(await file.arrayBuffer()));
  if (!acceptedBy(node, setting).includes(portTypeOf(asset))) {
    const wanted = acceptedBy(node, setting)
      .map(withArticle)
      .join(", ")
      .replace(/, ([^,]*)$/, " or $1");
    throw new Hindrance(`"${file.name}" does not fit here. Choose ${wanted}.`);
  }
  await setAsset(context, id, setting, asset);
}

function acceptedBy(node: Node, setting: string): readonly PortType[] {
  const param = paramsOf(node.type, null)[setting];
  return param?.control === "asset" ? param.accepts : [];
}

/** Gives a node an asset that the relay has. */
export function setAsset(
  context: ActionContext,
  id: string,
  setting: string,
  asset: Asset,
): Promise<void> {
  return change(context, id, withSetting(findNode(context, id).type, setting, asset));
}

/** Does one of the things of a node's action bar. */
export async function act(
  context: ActionContext,
  id: string,
  action: Exclude<NodeAction, "add-next">,
): Promise<void> {
  switch (action) {
    case "show":
      await context.channel.ask("show", { layers: [id] });
      return;
    case "lock":
    case "unlock":
      return change(context, id, (config) => ({ ...config, isLocked: action === "lock" }));
    case "duplicate":
      return duplicateNode(context, findNode(context, id));
    case "download":
      return downloadNewest(context, findNode(context, id));
    case "reset":
      return removeLayers(context, layersOfResults(factsOf(context).page, id));
    case "delete":
      return removeLayers(context, [...ownLinesAt(context, id), id]);
    case "replace":
      // Files are chosen in the panel, which then calls setFile.
      return;
  }
}

async function downloadNewest(context: ActionContext, node: Node): Promise<void> {
  const version = context.versions.newest.peek().get(node.id);
  if (version) await saveResults(context, version, node.title);
}

async function change(
  context: ActionContext,
  id: string,
  alter: (config: NodeConfig) => NodeConfig,
  when: "now" | "burst" = "now",
): Promise<void> {
  const node = findNode(context, id);
  const write = changeNodeRecord(layerOf(context, id), node.type, alter);
  if ("problem" in write) throw new Hindrance(write.problem);
  await context.edits.write([write], when);
}

function layerOf(context: ActionContext, id: string): LayerFacts {
  const layer = context.edits.page.peek()?.layers.find((each) => each.id === id);
  if (!layer) throw new Hindrance("This node's layer is gone.");
  return layer;
}
