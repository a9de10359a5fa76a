import type { AnswerOf, AskOf } from "#domain/channel";
import type { Box } from "#domain/layer";
import { placeBeside } from "#domain/placement";
import { sentenceFor } from "../sentence-for.ts";
import { findLayer } from "../find-layer.ts";
import { loadCardFonts } from "./card-fonts.ts";
import { boardOf, boxesIn, childOf, putInto, type Container } from "./containers.ts";
import { drawCard } from "./draw-card.ts";
import { orNothing } from "./or-nothing.ts";
import { asUndoStep } from "./undo-step.ts";
import { writeRecord } from "./write-records.ts";

/** Draws a new node, with nothing left of it where that fails. */
export async function createNode(ask: AskOf<"createNode">): Promise<AnswerOf<"createNode">> {
  const after = ask.after === null ? null : await findLayer(ask.after);
  const page = figma.currentPage;
  await loadCardFonts();
  try {
    return await asUndoStep(() =>
      orNothing((takeBack) => {
        const card = drawCard(ask.content);
        takeBack(() => {
          card.remove();
        });
        writeRecord(card, "node", ask.record);
        if (after && !after.removed) putBeside(after, card);
        else putInMiddle(page, card);
        return { layer: card.id, message: null };
      }),
    );
  } catch (error) {
    return { layer: null, message: sentenceFor(error) };
  }
}

/** Puts a layer right of another one, on the board that holds that, where it hides nothing. */
export function putBeside(after: SceneNode, layer: SceneNode): void {
  const board = boardOf(after);
  if (!board) return;
  const box = childOf(board, after).absoluteBoundingBox;
  if (box) putWhereFree(board, box, layer);
}

/** Puts a layer into the middle of the screen, or below what is there already. */
export function putInMiddle(page: PageNode, layer: SceneNode): void {
  const { x, y } = figma.viewport.center;
  const { width, height } = layer;
  // A place beside a box of no width, so far to the left that the layer itself lands in the middle.
  const besidePx = placeBeside({ x: 0, y: 0, width: 0, height: 0 }, { width, height }, []).x;
  const left = Math.round(x - width / 2 - besidePx);
  putWhereFree(page, { x: left, y: Math.round(y - height / 2), width: 0, height }, layer);
}

function putWhereFree(board: Container, beside: Box, layer: SceneNode): void {
  const { width, height } = layer;
  const corner = placeBeside(beside, { width, height }, boxesIn(board, layer));
  putInto(board, layer, corner);
}
