import { namespace } from "../read/read-records.ts";

/** What a layer of ours is: the card itself, a piece of it, or a piece of what shows a result. */
export type Part =
  | "card"
  | "face"
  | "header"
  | "glyph"
  | "title"
  | "status"
  | "status-text"
  | "body"
  | "hint"
  | "text"
  | "failure"
  | "output"
  | "room"
  | "footer"
  | "inputs"
  | "output-port"
  | "input-port"
  | "caption";

/** The pieces of a card that are still where we put them. */
export interface Card {
  readonly root: SceneNode;
  readonly parts: ReadonlyMap<string, SceneNode>;
  readonly inputPorts: readonly SceneNode[];
}

const key = "part";

/** Says of a layer what piece it is: layers are known by this, never by their names. */
export function markPart(layer: SceneNode, part: Part): void {
  if (partOf(layer) !== part) layer.setSharedPluginData(namespace, key, part);
}

/** What piece a layer says it is; "" for everything that we did not draw. */
export function partOf(layer: SceneNode): string {
  return layer.getSharedPluginData(namespace, key);
}

/** The card that a layer is the root of; null for everything else. Pieces people took out are missing. */
export function findCard(root: SceneNode): Card | null {
  if (partOf(root) !== "card") return null;
  const parts = new Map<string, SceneNode>();
  const inputPorts: SceneNode[] = [];
  const open: SceneNode[] = [root];
  for (let holder = open.pop(); holder; holder = open.pop()) {
    for (const layer of "children" in holder ? holder.children : []) {
      const part = partOf(layer);
      if (part === "" || part === "card") continue;
      if (part === "input-port") inputPorts.push(layer);
      else parts.set(part, layer);
      // The results in the output are no pieces, and what a glyph is made of never changes.
      if (part !== "output" && part !== "glyph") open.push(layer);
    }
  }
  return { root, parts, inputPorts };
}

/** A piece of a card, if it is there and of the type that we drew it as. */
export function pieceOf<Type extends SceneNode["type"]>(
  card: Card,
  part: Part,
  type: Type,
): Extract<SceneNode, { type: Type }> | null {
  const layer = card.parts.get(part);
  return layer?.type === type ? (layer as Extract<SceneNode, { type: Type }>) : null;
}
