import { isPieceOfCard } from "./walk-layers.ts";

/** What a layer hangs from as far as the board is concerned: pieces of our cards do not count. */
export function holderOf(node: SceneNode): BaseNode | null {
  let at: BaseNode | null = node.removed ? null : node.parent;
  while (at && at.type !== "PAGE" && at.type !== "DOCUMENT" && isPieceOfCard(at)) at = at.parent;
  return at;
}

/** The outermost instance around a layer: what is inside of one is read with it. */
export function instanceAround(node: SceneNode): InstanceNode | null {
  let found: InstanceNode | null = null;
  for (let at = node.parent; at && at.type !== "PAGE"; at = at.parent) {
    if (at.type === "INSTANCE") found = at;
  }
  return found;
}

/** The selected layers, each as what it is on the board: the title of a card is the card. */
export function readSelection(): string[] {
  const selected = figma.currentPage.selection.map((node) => {
    const told = instanceAround(node) ?? (isPieceOfCard(node) ? holderOf(node) : node);
    return told?.id ?? node.id;
  });
  return [...new Set(selected)];
}
