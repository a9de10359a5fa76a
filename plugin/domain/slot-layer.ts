import { portTypeOfItem, type Item } from "./item.ts";

/** What the rules need to know of a design layer that is to receive a result. */
export interface SlotFacts {
  readonly kind: "text" | "shape" | "other";
  readonly isLocked: boolean;
  readonly hasMissingFont: boolean;
  /** Whether its fill, or its text, is bound to a variable. */
  readonly isBound: boolean;
}

/** What the rules need to know of a fill. */
export interface PaintFacts {
  readonly type: string;
  readonly visible?: boolean;
}

/** The most earlier results that stay, hidden, below the one that replaced them. */
const mostHidden = 5;

/**
 * Why a result does not go into a design layer by itself, in a sentence that asks what to do, or null
 * when it may (figma-platform.md 11.6, mode slot).
 */
export function reasonAgainstSlot(slot: SlotFacts, item: Item): string | null {
  const type = portTypeOfItem(item);
  const wanted = type === "text" ? "text" : "shape";
  if (type === "audio") return "A sound cannot be shown in a layer. Place it beside the node?";
  if (slot.kind !== wanted) {
    return type === "text"
      ? "The layer is no text layer. Place the text beside the node?"
      : `The layer has no fill for ${type === "image" ? "an image" : "a video"}. Place it beside the node?`;
  }
  if (slot.isLocked) return "The layer is locked. Unlock it?";
  if (slot.isBound) return "The layer follows a variable. Replace the variable with the result?";
  if (slot.kind === "text" && slot.hasMissingFont) {
    return "The font of the layer is missing. Use another font?";
  }
  return null;
}

/**
 * Where in a layer's fills a picture goes: the topmost image, video or colour is replaced; where
 * there is none the picture goes on top. Figma lists fills from the bottom to the top.
 */
export function slotFillIndex(paints: readonly PaintFacts[]): number {
  for (let at = paints.length - 1; at >= 0; at -= 1) {
    if (["IMAGE", "VIDEO", "SOLID"].includes(paints[at]?.type ?? "")) return at;
  }
  return paints.length;
}

/**
 * The fills of a layer after mode "replace": the new one on top, what was there kept hidden below it,
 * the newest five of it, so that old results stay in the file and can be brought back.
 */
export function replacePaint<Paint extends PaintFacts>(
  paints: readonly Paint[],
  paint: Paint,
): Paint[] {
  const kept = paints.slice(-mostHidden).map((each) => ({ ...each, visible: false }));
  return [...kept, paint];
}
