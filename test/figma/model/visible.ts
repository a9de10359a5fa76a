import { descendants, type Layer } from "./layer.ts";

/** A layer's children as a plugin sees them; hidden ones inside instances can be left out (typings, skipInvisibleInstanceChildren). */
export function visibleRoute(layer: Layer, skipsHiddenInInstances: boolean): Layer[] {
  const children = layer.type === "TABLE" ? [] : [...(layer.children ?? [])];
  if (!skipsHiddenInInstances || !isInInstance(layer)) return children;
  return children.filter((child) => child.values.visible);
}

/** All layers below, parents first, under the same rule. */
export function visibleDescendants(layer: Layer, skipsHiddenInInstances: boolean): Layer[] {
  if (!skipsHiddenInInstances) return [...descendants(layer)];
  return visibleRoute(layer, true).flatMap((child) => [child, ...visibleDescendants(child, true)]);
}

/** Whether a layer is an instance or inside one. */
export function isInInstance(layer: Layer): boolean {
  for (let current: Layer | null = layer; current !== null; current = current.parent)
    if (current.type === "INSTANCE") return true;
  return false;
}
