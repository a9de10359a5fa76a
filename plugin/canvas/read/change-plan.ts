import { outermostOf } from "#domain/outermost-of";
import { pageOf } from "../find-layer.ts";
import type { KnownLayers } from "./known-layers.ts";
import { holderOf, instanceAround } from "./told-layer.ts";

/** What a batch of changes asks to be read again. */
export interface ChangePlan {
  /** To be read with everything in them: they are new, or hang elsewhere now. */
  readonly whole: ReadonlyMap<string, SceneNode>;
  /** To be read by themselves. */
  readonly alone: ReadonlyMap<string, SceneNode>;
  /** May lie elsewhere now with everything in them. */
  readonly moved: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
  /** Those of `whole` that Figma calls new; it may do so after they were read. */
  readonly created: ReadonlySet<string>;
}

/** Changes of these say nothing about where anything is. */
const placeless: readonly NodeChangeProperty[] = [
  "name",
  "locked",
  "fills",
  "strokes",
  "opacity",
  "effects",
  "pluginData",
];

/**
 * Works out what has to be read again. Figma names the topmost layer only of what is created or
 * deleted, and of what moves only the layer that was dragged (figma-platform.md 1.6).
 */
export function planChanges(
  changes: readonly NodeChange[],
  page: PageNode,
  known: KnownLayers,
): ChangePlan {
  const whole = new Map<string, SceneNode>();
  const alone = new Map<string, SceneNode>();
  const moved = new Set<string>();
  const gone = new Set<string>();
  const created = new Set<string>();
  for (const change of changes) {
    const { id } = change;
    // What it hung from before may have closed up round the rest.
    const left = fittingAround(known.get(id)?.facts.parent, known);
    if (left !== null) moved.add(left);
    // A layer that was dragged to another page may still be told as changed on this one.
    if (change.node.removed || pageOf(change.node)?.id !== page.id) {
      gone.add(id);
      const around = known.get(outermostOf(id));
      if (around && around.facts.id !== id && !around.node.removed) {
        whole.set(around.facts.id, around.node);
      }
      continue;
    }
    const node = instanceAround(change.node) ?? change.node;
    if (change.type === "CREATE") created.add(node.id);
    const properties = change.type === "PROPERTY_CHANGE" ? change.properties : ["parent" as const];
    const isOther = properties.includes("parent") || !known.get(id) || node.type === "INSTANCE";
    (isOther ? whole : alone).set(node.id, node);
    if (properties.every((property) => placeless.includes(property))) continue;
    moved.add(fittingAround(holderOf(node)?.id, known) ?? node.id);
  }
  return { whole, alone, moved, gone, created };
}

/**
 * The outermost layer, from this one up, of those that fit themselves to what they hold: what changes
 * in it may move all the rest of it. Null where this one does not.
 */
function fittingAround(id: string | null | undefined, known: KnownLayers): string | null {
  let outermost: string | null = null;
  for (let layer = known.get(id ?? ""); layer && isFitting(layer.node);) {
    outermost = layer.facts.id;
    layer = known.get(layer.facts.parent ?? "");
  }
  return outermost;
}

function isFitting(node: SceneNode): boolean {
  if (node.removed) return false;
  if (node.type === "GROUP" || node.type === "BOOLEAN_OPERATION") return true;
  return "layoutMode" in node && node.layoutMode !== "NONE";
}
