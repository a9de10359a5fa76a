import { hasResult } from "../place/find-results.ts";
import { settlePorts } from "./card-ports.ts";
import { findRoom, fitRoom } from "./card-room.ts";
import { fitSection, isTight } from "./fit-section.ts";
import { pieceOf, type Card } from "./parts.ts";

/** Less than this is a rounding of Figma's. */
const leastPx = 0.5;

/**
 * Changes the face of a card and keeps its results in the room that they have below the body and above
 * the footer, also those that people moved, took away or brought back meanwhile. In Design the frame
 * itself keeps them there; FigJam's sections lay nothing out.
 */
export function withFaceFollowed(card: Card, changeFace: () => void): void {
  const { root } = card;
  const room = findRoom(card);
  const face = pieceOf(card, "face", "FRAME");
  if (root.type === "SECTION" && face) {
    followFace(root, { face, room }, changeFace);
    return;
  }
  changeFace();
  if (!room || root.type !== "FRAME") return;
  fitRoom(room, bottomOf(shownResults(room), 0));
  settlePorts(root);
}

function followFace(
  section: SectionNode,
  { face, room }: { readonly face: FrameNode; readonly room: FrameNode | null },
  changeFace: () => void,
): void {
  const heightPx = face.height;
  const roomPx = room?.y ?? heightPx;
  changeFace();
  const results = room ? shownResults(section) : [];
  // What came back while the body was larger lies above the room.
  const topPx = Math.min(roomPx, ...results.map(({ y }) => y));
  if (room) fitRoom(room, bottomOf(results, topPx) - topPx);
  const awayPx = (room?.y ?? topPx) - topPx;
  const isSame = Math.abs(face.height - heightPx) < leastPx;
  if (isSame && (results.length === 0 || Math.abs(awayPx) < leastPx)) return;
  const wasTight = isTight(section, heightPx);
  for (const { layer, y } of results) layer.y = y + awayPx;
  fitSection(section, wasTight);
}

interface ShownResult {
  readonly layer: SceneNode & DimensionAndPositionMixin;
  readonly y: number;
  readonly bottom: number;
}

/** The results that are seen in a section or room, copies that people made included. */
function shownResults(holder: SectionNode | FrameNode): ShownResult[] {
  return holder.children.flatMap((layer) => {
    if (!layer.visible || !("y" in layer) || !hasResult(layer)) return [];
    const { y } = layer;
    return [{ layer, y, bottom: y + layer.height }];
  });
}

function bottomOf(results: readonly ShownResult[], topPx: number): number {
  return Math.max(topPx, ...results.map(({ bottom }) => bottom));
}
