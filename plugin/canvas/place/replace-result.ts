import type { PlaceContent } from "#domain/place-content";
import type { Item } from "#domain/item";
import { reasonAgainstSlot, replacePaint, slotFillIndex, type SlotFacts } from "#domain/slot-layer";
import { loadFontsOf } from "../draw/card-fonts.ts";
import type { TakeBack } from "../draw/or-nothing.ts";
import { findCard } from "../draw/parts.ts";
import { textOf } from "../draw/write-text.ts";
import { canHold, findHolder, resultsIn } from "./arrange-card.ts";
import { resultsOf } from "./find-results.ts";
import type { PreparedRung } from "./rung.ts";

/** The layer that takes a new result in place of what it shows, or why none does, in a sentence. */
export type Replaceable =
  | { readonly kind: "layer"; readonly layer: SceneNode }
  | { readonly kind: "none"; readonly message: string };

/** A layer's fills as a list can be made of them. */
type Painted = SceneNode & MinimalFillsMixin;

/**
 * Finds the layer for mode "replace": the node's newest result where it has a card, else the node's own
 * layer, else its newest result beside it. Loads the fonts of a text on the way.
 */
export async function findReplaceable(
  node: SceneNode,
  prepared: PreparedRung,
): Promise<Replaceable> {
  const card = findCard(node);
  const holder = card && findHolder(card);
  const results = holder ? resultsIn(holder, null) : resultsOf(node).reverse();
  const isOwnTaken = card !== null && canHold(card);
  const candidates = [...(isOwnTaken ? [] : [node]), ...results.map(({ layer }) => layer)];
  let message = "Nothing is there yet that could be replaced.";
  for (const layer of candidates) {
    const reason = await reasonAgainst(layer, prepared);
    if (reason === null) return { kind: "layer", layer };
    if (layer.id === node.id) message = reason;
  }
  return { kind: "none", message };
}

async function reasonAgainst(layer: SceneNode, prepared: PreparedRung): Promise<string | null> {
  const item = itemLike(prepared);
  if (!item) return "What is to be shown does not fit into a layer. Place it beside the node?";
  const text = textOf(layer);
  const slot: SlotFacts = {
    kind: text ? "text" : isPainted(layer) ? "shape" : "other",
    isLocked: layer.locked,
    hasMissingFont: text !== null && !(await loadFontsOf(text)),
    isBound: isBound(layer),
  };
  return reasonAgainstSlot(slot, item);
}

/** What the rules of slots ask of a result is only whether it is words or a picture. */
function itemLike({ paint, text }: PreparedRung): Item | null {
  if (text !== null) return { kind: "text", text };
  if (!paint) return null;
  const mediaType = paint.type === "VIDEO" ? "video/mp4" : "image/png";
  const asset = {
    hash: "",
    mediaType,
    bytes: 0,
    widthPx: null,
    heightPx: null,
    durationMs: null,
  } as const;
  return { kind: "asset", asset };
}

function isPainted(layer: SceneNode): layer is Painted {
  return (
    "fills" in layer && layer.type !== "TEXT" && layer.type !== "SECTION" && layer.type !== "TABLE"
  );
}

/** Whether a fill, or the words, of a layer follow a variable. */
function isBound(layer: SceneNode): boolean {
  const { boundVariables } = layer;
  return Boolean(boundVariables?.fills?.length) || Boolean(boundVariables?.characters);
}

/**
 * Shows the result in a layer that is there. The paints before stay hidden below the new one; the layer
 * keeps its size, but for a result's own, which takes the new shape. The fonts must be loaded.
 */
export function replaceIn(
  layer: SceneNode,
  prepared: PreparedRung,
  isResult: boolean,
  takeBack: TakeBack,
): void {
  const text = textOf(layer);
  if (text && prepared.text !== null) {
    replaceText(text, prepared.text, takeBack);
    return;
  }
  if (!prepared.paint || !isPainted(layer) || typeof layer.fills === "symbol") return;
  const before = layer.fills;
  takeBack(() => {
    layer.fills = before;
  });
  const shown = before[slotFillIndex(before)];
  const isPicture = shown?.type === "IMAGE" || shown?.type === "VIDEO";
  const scaleMode = isPicture && shown.scaleMode !== "CROP" ? shown.scaleMode : "FILL";
  const paint = isResult ? prepared.paint : { ...prepared.paint, scaleMode };
  layer.fills = replacePaint<Paint>(before, paint);
  if (!isResult || !prepared.size || !("resize" in layer)) return;
  const { width, height } = layer;
  takeBack(() => {
    layer.resize(width, height);
  });
  layer.resize(width, Math.max(1, (width * prepared.size.height) / prepared.size.width));
}

/** The new words look like the first of the old ones. */
function replaceText(text: NonResizableTextMixin, words: string, takeBack: TakeBack): void {
  const before = text.characters;
  takeBack(() => {
    text.characters = before;
  });
  const font = before === "" ? text.fontName : text.getRangeFontName(0, 1);
  text.characters = words;
  if (words !== "" && typeof font !== "symbol") text.fontName = font;
}

/** Whether a result goes to a layer that somebody picked for it, and not to the node that made it. */
export function isForSlot({ node, record }: PlaceContent): boolean {
  return node !== record.src;
}
