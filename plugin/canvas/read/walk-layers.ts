import { isCardPiece } from "#domain/card-piece";
import { partOf } from "../draw/parts.ts";
import { foundLayer, typedLayer, type FoundLayer, type TypedLayer } from "./found-layer.ts";
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
 * engine finds what matters in it; boards are mostly made of them. What it says is told as its own
 * text, what is tied to something hangs from it. Pieces of our cards are left out: what lies in them
 * hangs from the card.
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
    const layer = typedLayer(node);
    const isPiece = memory.mayRemember(id) && isPieceOfCard(node);
    const { tied, inside } = lookInside(layer, memory);
    const { isArtwork: isInside } = level;
    if (!isPiece)
      yield foundLayer(layer, { id, parent: level.parent, isArtwork: isInside, inside });
    for (const each of tied) {
      const place = { id: each.node.id, parent: id, isArtwork: true, inside: [] };
      yield foundLayer(each, place);
    }
    if (layer.type !== "INSTANCE" && "children" in node) {
      const nodesInside = unlessGone(() => node.children);
      const holder = isPiece ? level.parent : id;
      const isArt = isInside || isArtworkHolder(layer.type);
      open.push({ nodes: nodesInside, parent: holder, isArtwork: isArt, at: 0 });
    }
  }
}

/** Whether a layer is a piece of one of our cards; a layer that is gone is none. */
export function isPieceOfCard(node: SceneNode): boolean {
  return !node.removed && isCardPiece(partOf(node));
}

/** What an instance holds: what is tied to something, and what says something. */
interface Inside {
  readonly tied: readonly TypedLayer[];
  readonly inside: readonly TypedLayer[];
}

const nothing: Inside = { tied: [], inside: [] };

/** Hidden layers of an instance are never found (`figma.skipInvisibleInstanceChildren`). */
function lookInside({ type, node }: TypedLayer, memory: Memory): Inside {
  if (type !== "INSTANCE") return nothing;
  const found = unlessGone(() => node.findAllWithCriteria({ types: [...telling] })).map(typedLayer);
  const tied = found.filter((each) => each.type === "CONNECTOR");
  const inside = found.filter((each) => each.type !== "CONNECTOR");
  if (!memory.mayRememberInInstances) return { tied, inside };
  const recorded = unlessGone(() => findRecordedIn(node)).map(typedLayer);
  return { tied: [...tied, ...recorded], inside };
}

/** A layer that was taken away while the canvas had its turn has nothing in it any more. */
function unlessGone(read: () => readonly SceneNode[]): readonly SceneNode[] {
  try {
    return read();
  } catch {
    return [];
  }
}
