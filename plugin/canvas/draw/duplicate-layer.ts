import type { AnswerOf, AskOf } from "#domain/channel";
import { sentenceFor } from "../sentence-for.ts";
import { findLayer } from "../find-layer.ts";
import { resultsOf } from "../place/find-results.ts";
import { boardOf, putInto } from "./containers.ts";
import { putBeside } from "./create-node.ts";
import { orNothing, type TakeBack } from "./or-nothing.ts";
import { asUndoStep } from "./undo-step.ts";

/** Duplicates a node's layer beside it, with the results that stand around it. */
export async function duplicateLayer({
  layer: id,
}: AskOf<"duplicateLayer">): Promise<AnswerOf<"duplicateLayer">> {
  const layer = await findLayer(id);
  if (!layer) return { layer: null, message: "The node's layer is gone." };
  try {
    return await asUndoStep(() => orNothing((takeBack) => duplicate(layer, takeBack)));
  } catch (error) {
    return { layer: null, message: sentenceFor(error) };
  }
}

function duplicate(layer: SceneNode, takeBack: TakeBack): AnswerOf<"duplicateLayer"> {
  const clone = (original: SceneNode): SceneNode => {
    const copy = original.clone();
    takeBack(() => {
      copy.remove();
    });
    return copy;
  };
  const around = resultsOf(layer).filter((result) => !isInside(result.layer, layer));
  const copy = clone(layer);
  putBeside(layer, copy);
  for (const result of around) putAsFar(layer, copy, result.layer, clone(result.layer));
  return { layer: copy.id, message: null };
}

/** Puts the copy of a result as far from the copied node as the result is from its own. */
function putAsFar(node: SceneNode, copy: SceneNode, result: SceneNode, twin: SceneNode): void {
  const [from, to] = [node.absoluteBoundingBox, copy.absoluteBoundingBox];
  const box = result.absoluteBoundingBox;
  const board = boardOf(copy);
  if (!board || !from || !to || !box) return;
  putInto(board, twin, { x: box.x + to.x - from.x, y: box.y + to.y - from.y });
}

function isInside(layer: SceneNode, holder: SceneNode): boolean {
  for (let at = layer.parent; at; at = at.parent) if (at.id === holder.id) return true;
  return false;
}
