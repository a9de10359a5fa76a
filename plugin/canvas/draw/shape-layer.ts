import { markPart, type Part } from "./parts.ts";

/** What a piece of ours is drawn with, beside what its layer itself has. */
interface Piece {
  readonly name: string;
  readonly part: Part;
}

/** Gives a new layer its looks, in the order in which they are named, and says what piece it is. */
export function shapePiece<Layer extends SceneNode>(
  layer: Layer,
  { name, part }: Piece,
  looks: Partial<Layer>,
): Layer {
  Object.assign(layer, { name }, looks);
  markPart(layer, part);
  return layer;
}

/** Assigns only what differs: an equal write would still be news to everybody, and a thing to undo. */
export function change<Layer extends object>(layer: Layer, looks: Partial<Layer>): void {
  for (const member of Object.keys(looks) as (keyof Layer)[]) {
    const wanted = looks[member];
    if (wanted !== undefined && layer[member] !== wanted) layer[member] = wanted;
  }
}

/** Gives a layer one plain fill, unless it has just that one. */
export function changeFill(layer: MinimalFillsMixin, paint: SolidPaint): void {
  const { fills } = layer;
  if (typeof fills === "symbol" || !isPlain(fills, paint)) layer.fills = [paint];
}

/** Whether paints are just this one. Figma gives colours back a little rounded. */
export function isPlain(paints: readonly Paint[], { color }: SolidPaint): boolean {
  const [only] = paints;
  if (paints.length !== 1 || only?.type !== "SOLID") return false;
  const away = [only.color.r - color.r, only.color.g - color.g, only.color.b - color.b];
  return away.every((each) => Math.abs(each) < 0.002);
}
