import { createHash } from "node:crypto";
import type { Asset, MediaType } from "#domain/asset";
import type { Connection, Graph, Node } from "#domain/graph";
import type { Item } from "#domain/item";
import { definitionOf, type NodeType } from "#domain/nodes/index";
import type { KnownResult } from "#domain/version";

/** SHA-256 in hexadecimal, as the relay has it. */
export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A text on a connection. */
export function textItem(text: string): Item {
  return { kind: "text", text };
}

/** An asset whose hash is made from a name. */
export function assetNamed(name: string, mediaType: MediaType = "image/png"): Asset {
  return { hash: hashText(name), mediaType, bytes: 9, widthPx: 4, heightPx: 3, durationMs: null };
}

/** An asset on a connection. */
export function assetItem(name: string, mediaType: MediaType = "image/png"): Item {
  return { kind: "asset", asset: assetNamed(name, mediaType) };
}

/** A setting of a List: entries that are all ticked. */
export function ticked(...items: readonly Item[]): Node["settings"][string] {
  return items.map((item) => ({ isTicked: true, item }));
}

/** A known result. */
export function known(fingerprint: string, ...items: readonly Item[]): KnownResult {
  return { fingerprint, items: [...items] };
}

/** Builds a graph step by step: `buildGraph().text("t").node("i", "image-generator").join("t", "i")`. */
export class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #connections: Connection[] = [];

  /** Adds a node; a title is its id unless another is given. */
  node(id: string, type: NodeType, changes: Partial<Omit<Node, "id" | "type">> = {}): this {
    const plain = { title: id, model: null, settings: {}, isLocked: false };
    this.#nodes.push({ id, type, ...plain, ...changes });
    return this;
  }

  text(id: string, text = `text of ${id}`): this {
    return this.node(id, "text", { settings: { text } });
  }

  upload(id: string, mediaType: MediaType = "image/png"): this {
    return this.node(id, "upload", { settings: { asset: assetNamed(id, mediaType) } });
  }

  list(id: string, ...items: readonly Item[]): this {
    return this.node(id, "list", { settings: { items: ticked(...items) } });
  }

  image(id: string, settings: Node["settings"] = { prompt: `prompt of ${id}` }): this {
    return this.node(id, "image-generator", { settings });
  }

  upscaler(id: string): this {
    return this.node(id, "image-upscaler");
  }

  /** Joins two nodes, at the first input unless another is named, behind what is there. */
  join(from: string, to: string, port?: string): this {
    const target = this.#nodes.find((node) => node.id === to);
    const source = this.#nodes.find((node) => node.id === from);
    const first = target ? Object.keys(definitionOf(target.type).inputs)[0] : undefined;
    const output = source ? definitionOf(source.type).output.port : "text";
    const order = this.#connections.length;
    const end = { node: to, port: port ?? first ?? "prompt" };
    this.#connections.push({ from: { node: from, port: output }, to: end, order, via: null });
    return this;
  }

  done(): Graph {
    return { nodes: [...this.#nodes], connections: [...this.#connections] };
  }
}

/** A graph with nothing in it yet. */
export function buildGraph(): GraphBuilder {
  return new GraphBuilder();
}

/** A graph with one node replaced by what `change` makes of it. */
export function changeNode(graph: Graph, id: string, change: (node: Node) => Node): Graph {
  return { ...graph, nodes: graph.nodes.map((node) => (node.id === id ? change(node) : node)) };
}
