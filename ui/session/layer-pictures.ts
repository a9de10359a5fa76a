import { byId } from "#domain/by-id";
import type { Asset } from "#domain/asset";
import type { Graph, Node } from "#domain/graph";
import type { LayerFacts, PageFacts } from "#domain/layer";
import { definitionOf } from "#domain/nodes/index";
import { readResultRecord } from "#domain/read-records";
import { hashText } from "./hash.ts";

/** The picture of a layer that a node gives on. */
export interface LayerPicture {
  readonly layer: string;
  /** The same for the same picture, as far as the canvas tells. */
  readonly key: string;
  /** How its bytes come to be known: by the canvas, drawn anew each time, or by the relay alone. */
  readonly how: "original" | "drawn" | "kept";
  /** The hash by which the relay keeps it, where the layer remembers one. */
  readonly hash: string | null;
  /** Null until it was read. */
  readonly asset: Asset | null;
}

/**
 * The graph with the pictures of layers in the nodes that give them on. A picture that nobody has read
 * yet is stood in for by an asset that no relay has, so that the graph can be checked and priced; what
 * is sent to a relay has none of these.
 */
export function fillPictures(
  graph: Graph,
  page: PageFacts,
  read: ReadonlyMap<string, Asset>,
): { readonly graph: Graph; readonly pictures: ReadonlyMap<string, LayerPicture> } {
  const pictures = new Map<string, LayerPicture>();
  const layers = byId(page.layers);
  const nodes = graph.nodes.map((node): Node => {
    const layer = layers.get(node.id);
    const found = layer && isPictured(node) ? pictureOf(layer) : null;
    if (!found) return node;
    const asset = read.get(found.key) ?? null;
    pictures.set(node.id, { ...found, asset });
    const settings = { ...node.settings, asset: asset ?? standIn(found, layer) };
    return { ...node, settings };
  });
  return { graph: pictures.size === 0 ? graph : { ...graph, nodes }, pictures };
}

/**
 * A node that holds a file and whose own layer is its picture: nothing was said about a file. One that
 * was added as an empty card says null (new-node.ts).
 */
function isPictured({ type, settings }: Node): boolean {
  return definitionOf(type).params["asset"]?.control === "asset" && !("asset" in settings);
}

function pictureOf(layer: LayerFacts): Omit<LayerPicture, "asset"> | null {
  const kept = readResultRecord(layer).value?.asset ?? null;
  if (kept !== null) {
    return { layer: layer.id, key: `kept:${kept}`, how: "kept", hash: kept };
  }
  const { picture } = layer;
  // A video's bytes never leave the canvas (figma-platform.md 4): only the relay may have them.
  if (picture?.kind === "video") return null;
  if (picture?.hash) {
    return { layer: layer.id, key: `original:${picture.hash}`, how: "original", hash: null };
  }
  return { layer: layer.id, key: `drawn:${layer.id}`, how: "drawn", hash: null };
}

function standIn({ key }: Pick<LayerPicture, "key">, layer: LayerFacts | undefined): Asset {
  const isVideo = layer?.picture?.kind === "video";
  return {
    hash: hashText(`unread ${key}`),
    mediaType: isVideo ? "video/mp4" : "image/png",
    bytes: 0,
    widthPx: null,
    heightPx: null,
    durationMs: null,
  };
}
