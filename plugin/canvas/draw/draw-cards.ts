import type { AnswerOf, AskOf } from "#domain/channel";
import type { CardContent } from "#domain/card";
import { sentenceFor } from "../sentence-for.ts";
import { findLayer } from "../find-layer.ts";
import { showsText } from "../place/arrange-card.ts";
import { startPace } from "../read/pace.ts";
import { loadCardFonts, loadFontsOf } from "./card-fonts.ts";
import { withFaceFollowed } from "./follow-face.ts";
import { findCard } from "./parts.ts";
import { updateCard } from "./update-card.ts";

/** Brings cards up to date, in slices; what has no card of ours is left as it is. */
export async function drawCards({ cards }: AskOf<"drawCards">): Promise<AnswerOf<"drawCards">> {
  await loadCardFonts();
  const refused: { layer: string; message: string }[] = [];
  const pace = startPace();
  for (const content of cards) {
    const message = await drawOne(content);
    if (message !== null) refused.push({ layer: content.layer, message });
    await pace.rest();
  }
  return { refused };
}

async function drawOne(content: CardContent): Promise<string | null> {
  const layer = await findLayer(content.layer);
  if (!layer) return "The node's layer is gone.";
  try {
    return update(layer, content);
  } catch {
    // Somebody may have given a text of the card a font of their own: once more with it loaded.
    try {
      await loadCardOf(layer);
      return layer.removed ? "The node's layer is gone." : update(layer, content);
    } catch (error) {
      return sentenceFor(error);
    }
  }
}

function update(layer: SceneNode, content: CardContent): null {
  const card = findCard(layer);
  if (!card) return null;
  // The text of a result is told as the body too, but once is enough: the layer that holds it speaks.
  const isSaid = content.type !== "text" && content.body?.kind === "text" && showsText(card);
  withFaceFollowed(card, () => {
    updateCard(card, isSaid ? { ...content, body: null } : content);
  });
  return null;
}

async function loadCardOf(layer: SceneNode): Promise<void> {
  const pieces = findCard(layer)?.parts.values() ?? [];
  for (const piece of pieces) if (piece.type === "TEXT") await loadFontsOf(piece);
}
