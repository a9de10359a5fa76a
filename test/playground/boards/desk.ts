import { cardOfNode } from "#domain/card-of-node";
import type { PanelEnd } from "#domain/channel";
import type { Node } from "#domain/graph";
import { definitionOf, type NodeType } from "#domain/nodes/index";
import type { Point } from "../../figma/model/geometry.ts";
import type { Layer } from "../../figma/model/layer.ts";
import type { User } from "../../figma/people/user.ts";

/** What a node of an example begins with. */
export interface NodeConfig {
  readonly title: string;
  readonly prompt?: string;
  readonly params?: Node["settings"];
}

/** A person at the canvas with the plugin open, who draws an example. */
export interface Desk {
  readonly user: User;
  /** A new node with its card, drawn by the plugin itself. Throws in the plugin's own words. */
  readonly addNode: (type: NodeType, config: NodeConfig, at: Point) => Promise<Layer>;
  /** Makes a layer that is there already a node, as "Use as" in the panel does. */
  readonly useAs: (layer: Layer, type: NodeType, title: string) => Promise<Layer>;
  /** Confirms a drawn arrow as a connection from one layer to another. */
  readonly confirmArrow: (arrow: Layer, from: Layer, to: Layer) => Promise<void>;
}

const ready = { kind: "ready", text: "Ready", done: null } as const;

/** A desk whose plugin is asked through its own channel. */
export function createDesk(user: User, ask: PanelEnd["ask"]): Desk {
  const { document } = user.person;
  const write = async (layer: Layer, key: "node" | "edge", record: object): Promise<void> => {
    const value = JSON.stringify({ v: 1, self: layer.id, ...record });
    const writes = [{ layer: layer.id, key, value }];
    const { refused } = await ask("writeRecords", { writes, isUndoStep: true });
    for (const { message } of refused) throw new Error(message);
  };
  return {
    user,
    addNode: async (type, config, at) => {
      const node = nodeOf(type, config);
      const content = cardOfNode({ node, status: ready, model: null, version: null });
      const record = JSON.stringify({ v: 1, self: "0:0", kind: type, cfg: config });
      const { layer, message } = await ask("createNode", { content, record, after: null });
      const made = layer === null ? null : document.layer(layer);
      if (made === null) throw new Error(message ?? "The plugin drew no card.");
      user.move(made, at.x, at.y);
      return made;
    },
    useAs: async (layer, type, title) => {
      await write(layer, "node", { kind: type, cfg: { title } });
      return layer;
    },
    confirmArrow: async (arrow, from, to) => {
      const end = ({ id }: Layer, u: number): object => ({ id, u, v: 0.5 });
      await write(arrow, "edge", { src: end(from, 1), dst: end(to, 0), made: "user" });
    },
  };
}

function nodeOf(type: NodeType, { title, prompt, params }: NodeConfig): Node {
  const textual = Object.entries(definitionOf(type).params).find(
    ([, param]) => param.control === "text",
  );
  const settings = {
    ...params,
    ...(prompt !== undefined && textual !== undefined && { [textual[0]]: prompt }),
  };
  return { id: "0:0", type, title, model: null, settings, isLocked: false };
}
