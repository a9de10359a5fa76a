import type { LayerFacts } from "#domain/layer";

/** Where a layer is on the page; null for what is not drawn. */
export function readBox(node: SceneNode): LayerFacts["box"] {
  const box = node.absoluteBoundingBox;
  return box && { x: box.x, y: box.y, width: box.width, height: box.height };
}
