import { byId } from "./by-id.ts";
import type { LayerFacts, PageFacts } from "./layer.ts";

/** A page with its look-ups, each worked out in one pass over the layers. */
export interface BoardIndex {
  readonly page: PageFacts;
  readonly layers: ReadonlyMap<string, LayerFacts>;
  readonly childrenOf: (id: string) => readonly LayerFacts[];
  /** Whether a layer lies somewhere inside another one; false for the layer itself. */
  readonly isInside: (id: string, holder: string) => boolean;
  /** Whether a layer and everything around it is shown. */
  readonly isShown: (id: string) => boolean;
  /** Whether a layer lies inside a component, an instance or a shape made of shapes. */
  readonly isArtwork: (id: string) => boolean;
  /** The outermost instance at or around a layer. */
  readonly instanceOf: (id: string) => string | null;
}

/** Nothing in these is a thing of its own on the board (figma-platform.md 1.5). */
const artwork = ["INSTANCE", "COMPONENT", "COMPONENT_SET", "BOOLEAN_OPERATION"];

/** Works out the look-ups of a page. Layers that hold each other in a circle end their climb there. */
export function indexBoard(page: PageFacts): BoardIndex {
  const layers = byId(page.layers);
  const children = groupByParent(page);
  const isArtworkAround = inherit(layers, (layer, around: boolean | null) => {
    const parent = layer.parent === null ? undefined : layers.get(layer.parent);
    return (around ?? false) || (parent !== undefined && artwork.includes(parent.type));
  });
  const isShown = inherit(layers, (layer, around: boolean | null) => {
    return (around ?? true) && layer.isVisible;
  });
  return {
    page,
    layers,
    childrenOf: (id) => children.get(id) ?? [],
    isInside: measureDepths(page, layers, children),
    isShown: (id) => isShown(id) ?? false,
    isArtwork: (id) => isArtworkAround(id) ?? false,
    instanceOf: inherit(layers, (layer, around: string | null) => {
      return around ?? (layer.type === "INSTANCE" ? layer.id : null);
    }),
  };
}

/**
 * A value of each layer that depends on the value of the layer around it, worked out once for each.
 * Climbs without recursion, so that no depth can break it.
 */
export function inherit<Value>(
  layers: BoardIndex["layers"],
  valueOf: (layer: LayerFacts, around: Value | null) => Value | null,
): (id: string) => Value | null {
  const known = new Map<string, Value | null>();
  return (id) => {
    const open: LayerFacts[] = [];
    for (let at: string | null = id; at !== null && !known.has(at);) {
      const layer = layers.get(at);
      if (!layer) break;
      known.set(at, null);
      open.push(layer);
      at = layer.parent;
    }
    for (let layer = open.pop(); layer; layer = open.pop()) {
      const around = layer.parent === null ? null : (known.get(layer.parent) ?? null);
      known.set(layer.id, valueOf(layer, around));
    }
    return known.get(id) ?? null;
  };
}

function groupByParent(page: PageFacts): Map<string, LayerFacts[]> {
  const children = new Map<string, LayerFacts[]>();
  for (const layer of page.layers) {
    if (layer.parent === null) continue;
    const list = children.get(layer.parent);
    if (list) list.push(layer);
    else children.set(layer.parent, [layer]);
  }
  return children;
}

/** Numbers the layers on the way down and up: what lies inside a layer has its numbers in between. */
function measureDepths(
  page: PageFacts,
  layers: BoardIndex["layers"],
  children: ReadonlyMap<string, readonly LayerFacts[]>,
): BoardIndex["isInside"] {
  const entered = new Map<string, number>();
  const left = new Map<string, number>();
  let count = 0;
  const tops = page.layers.filter(({ parent }) => parent === null || !layers.has(parent));
  const open = tops.map(({ id }) => ({ id, isLeaving: false }));
  for (let next = open.pop(); next; next = open.pop()) {
    count += 1;
    if (next.isLeaving) {
      left.set(next.id, count);
      continue;
    }
    if (entered.has(next.id)) continue;
    entered.set(next.id, count);
    open.push({ id: next.id, isLeaving: true });
    for (const { id } of children.get(next.id) ?? []) open.push({ id, isLeaving: false });
  }
  return (id, holder) => {
    const at = entered.get(id) ?? -1;
    return at > (entered.get(holder) ?? Infinity) && at < (left.get(holder) ?? -Infinity);
  };
}
