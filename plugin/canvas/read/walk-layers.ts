import { isCardPiece } from "#domain/card-piece";
import { partOf } from "../draw/parts.ts";
import { foundLayer, type FoundLayer } from "./found-layer.ts";
import { findRecordedIn } from "./read-records.ts";

/** Nothing in these is a thing of its own on the board (figma-platform.md 1.5). */
const artwork = ["INSTANCE", "COMPONENT", "COMPONENT_SET", "BOOLEAN_OPERATION"];
/** Of an instance's inside only what people read in it, and what is tied to something, can matter. */
const telling = ["TEXT", "STICKY", "SHAPE_WITH_TEXT", "CODE_BLOCK", "TABLE", "CONNECTOR"] as const;

/** Which layers may remember something, so that the others need not be asked. */
export interface Memory {
  readonly mayRemember: (id: string) => boolean;
  readonly mayRememberInInstances: boolean;
}

/** Whether what lies in a layer of this type is artwork. */
export function isArtworkHolder(type: string): boolean {
  return artwork.includes(type);
}

/**
 * The layers from these down that say something, parents before children, in the canvas's order. The
 * list of children is read once for each holder, when its turn comes. An instance is not walked: the
 * engine finds what matters in it, and that hangs from the instance; boards are mostly made of them.
 * Pieces of our cards are left out: what lies in them hangs from the card.
 */
export function* walkLayers(
  nodes: readonly SceneNode[],
  { parent, isArtwork }: Pick<FoundLayer, "parent" | "isArtwork">,
  memory: Memory,
): Generator<FoundLayer> {
  const open = [{ nodes, parent, isArtwork, at: 0 }];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const node = level.nodes[level.at];
    level.at += 1;
    if (!node) {
      open.pop();
      continue;
    }
    const { id } = node;
    const found = foundLayer(node, { id, parent: level.parent, isArtwork: level.isArtwork });
    const isPiece = memory.mayRemember(id) && isPieceOfCard(node);
    if (!isPiece) yield found;
    if (found.type === "INSTANCE") {
      for (const inside of findInInstance(found.node, memory)) {
        yield foundLayer(inside, { id: inside.id, parent: id, isArtwork: true });
      }
    } else if ("children" in node) {
      const inside = unlessGone(() => node.children);
      const holder = isPiece ? level.parent : id;
      const isInside = level.isArtwork || isArtworkHolder(found.type);
      open.push({ nodes: inside, parent: holder, isArtwork: isInside, at: 0 });
    }
  }
}

/** Whether a layer is a piece of one of our cards; a layer that is gone is none. */
export function isPieceOfCard(node: SceneNode): boolean {
  return !node.removed && isCardPiece(partOf(node));
}

/** Hidden layers of an instance are never found (`figma.skipInvisibleInstanceChildren`). */
function findInInstance(instance: InstanceNode, memory: Memory): readonly SceneNode[] {
  return unlessGone(() => {
    const found = instance.findAllWithCriteria({ types: [...telling] });
    return memory.mayRememberInInstances ? [...found, ...findRecordedIn(instance)] : found;
  });
}

/** A layer that was taken away while the canvas had its turn has nothing in it any more. */
function unlessGone(read: () => readonly SceneNode[]): readonly SceneNode[] {
  try {
    return read();
  } catch {
    return [];
  }
}
