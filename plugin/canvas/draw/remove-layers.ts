import type { AnswerOf, AskOf } from "#domain/channel";
import { sentenceFor } from "../sentence-for.ts";
import { findLayer } from "../find-layer.ts";
import { asUndoStep } from "./undo-step.ts";

/** Takes layers away. One that is gone already is no trouble; locked ones stay. */
export async function removeLayers({
  layers,
  isUndoStep,
}: AskOf<"removeLayers">): Promise<AnswerOf<"removeLayers">> {
  const found = await Promise.all(layers.map(findLayer));
  const refused: { layer: string; message: string }[] = [];
  const removeAll = () => {
    for (const [at, id] of layers.entries()) {
      const message = tryRemove(found[at] ?? null);
      if (message !== null) refused.push({ layer: id, message });
    }
  };
  if (isUndoStep) await asUndoStep(removeAll);
  else removeAll();
  return { refused };
}

function tryRemove(layer: SceneNode | null): string | null {
  if (!layer || layer.removed) return null;
  if (layer.locked) return `"${layer.name}" is locked. Unlock it to delete it.`;
  try {
    layer.remove();
    return null;
  } catch (error) {
    return sentenceFor(error);
  }
}
