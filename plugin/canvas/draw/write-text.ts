import type { AnswerOf, AskOf } from "#domain/channel";
import { sentenceFor } from "../sentence-for.ts";
import { findLayer } from "../find-layer.ts";
import { showBody, wordsOf } from "./card-body.ts";
import { loadCardFonts, loadFontsOf } from "./card-fonts.ts";
import { findCard } from "./parts.ts";
import { change } from "./shape-layer.ts";
import { asUndoStep } from "./undo-step.ts";

/** Changes the visible text of a Text node's layer, as a step of its own for Undo. */
export async function writeText({
  layer: id,
  text,
}: AskOf<"writeText">): Promise<AnswerOf<"writeText">> {
  const layer = await findLayer(id);
  if (!layer) return { message: "This layer is gone." };
  if (layer.locked) return { message: `"${layer.name}" is locked. Unlock it to change its text.` };
  try {
    return { message: await write(layer, text) };
  } catch (error) {
    return { message: sentenceFor(error) };
  }
}

async function write(layer: SceneNode, text: string): Promise<string | null> {
  if (layer.type === "CODE_BLOCK") {
    await asUndoStep(() => {
      change(layer, { code: text });
    });
    return null;
  }
  const card = findCard(layer);
  if (card && layer.type === "FRAME") {
    await loadCardFonts();
    const words = wordsOf(card);
    if (words && !(await loadFontsOf(words))) return missingFont(layer);
    await asUndoStep(() => {
      showBody(card, { kind: "text", text });
    });
    return null;
  }
  const holder = textOf(layer);
  if (!holder) return `"${layer.name}" holds no text that can be changed from here.`;
  if (!(await loadFontsOf(holder))) return missingFont(layer);
  await asUndoStep(() => {
    change(holder, { characters: text });
  });
  return null;
}

/** Where the text of a layer is written; null for layers without one. */
export function textOf(layer: SceneNode): NonResizableTextMixin | null {
  if (layer.type === "TEXT") return layer;
  return layer.type === "STICKY" || layer.type === "SHAPE_WITH_TEXT" ? layer.text : null;
}

function missingFont({ name }: SceneNode): string {
  return `A font of "${name}" is not on this computer. Give it another font and try again.`;
}
