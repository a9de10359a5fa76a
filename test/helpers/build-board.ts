import { connectorDirection } from "#domain/connector-direction";
import type { Cap, LayerFacts, PageFacts, Point } from "#domain/layer";

type Changes = Partial<LayerFacts>;

/** A layer with usual facts: visible, 100 by 100, without text, picture or records. */
export function layer(id: string, type: string, changes: Changes = {}): LayerFacts {
  return {
    id,
    type,
    name: id,
    parent: "page",
    isVisible: true,
    box: { x: 0, y: 0, width: 100, height: 100 },
    text: null,
    picture: null,
    link: null,
    connector: null,
    path: null,
    records: {},
    ...changes,
  };
}

/** A sticky with a text, its corner at a point. */
export function sticky(id: string, text: string, at: Point = { x: 0, y: 0 }): LayerFacts {
  return layer(id, "STICKY", { text, box: { ...at, width: 100, height: 100 } });
}

type End = string | Point | { readonly layer: string; readonly position: Point };

/** A connector between two ends: a layer's id, a free point, or a layer named with a position. */
export function connector(
  id: string,
  from: End,
  to: End,
  changes: Changes & { readonly startCap?: Cap; readonly endCap?: Cap } = {},
): LayerFacts {
  const { startCap = "none", endCap = "arrow", ...rest } = changes;
  const direction = connectorDirection(startCap, () => endCap);
  const facts = { start: readEnd(from), end: readEnd(to), direction };
  return layer(id, "CONNECTOR", { box: null, connector: facts, ...rest });
}

/** An arrow drawn by hand along points, with a head at its end unless said otherwise. */
export function arrow(id: string, points: readonly Point[], changes: Changes = {}): LayerFacts {
  const caps = { start: "none", end: "arrow" } as const;
  return layer(id, "VECTOR", { path: { points, caps, strokeWeight: 2 }, ...changes });
}

/** The record of an arrow between two layers as the plugin writes it. */
export function arrowRecord(self: string, from: string, to: string, more: object = {}): string {
  const end = (id: string) => ({ id, u: 0.5, v: 0.5 });
  return JSON.stringify({ v: 1, self, src: end(from), dst: end(to), made: "user", ...more });
}

/** The record of invisible connections into a node, from layers to its inputs. */
export function inputRecord(...sources: readonly (readonly [string, string])[]): string {
  return JSON.stringify(sources.map(([src, port], at) => ({ eid: `e${at}`, src, port })));
}

/** A page of layers. */
export function page(...layers: readonly LayerFacts[]): PageFacts {
  return { id: "page", name: "Page 1", layers };
}

/** The record of a node as the plugin writes it. */
export function nodeRecord(self: string, kind: string, config: object = {}): string {
  return JSON.stringify({ v: 1, self, kind, cfg: config });
}

function readEnd(end: End) {
  if (typeof end === "string") return { layer: end, position: null };
  return "layer" in end ? end : { layer: null, position: end };
}
