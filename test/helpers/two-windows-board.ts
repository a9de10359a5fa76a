import { buildPlugin, type BuiltPlugin } from "../config/build-plugin.ts";
import type { Editor } from "../figma/model/document.ts";
import { exportDocument } from "../figma/rest/export-document.ts";
import { openBoard } from "../plugin/board.ts";

/** A file with four nodes that wait for results, as it is opened again and again. */
export interface WaitingBoard {
  readonly editor: Editor;
  readonly plugin: BuiltPlugin;
  readonly document: unknown;
  /** Ids of the nodes: results in their cards, and in their own layers. */
  readonly nodes: { readonly stack: readonly string[]; readonly replace: readonly string[] };
}

const replace = JSON.stringify({ v: 1, self: "", mode: "replace" });

/** Draws the file with the built plugin. First of `stack` and `replace` is the node of a text, then of a picture. */
export async function drawWaitingBoard(editor: Editor): Promise<WaitingBoard> {
  const board = await openBoard({ editor, watchesRejections: false });
  const { user } = board.standIn;
  const stack = [await board.create("assistant"), await board.create("image-generator")];
  const text = user.draw("TEXT", {}, { x: 0, y: 2_000 });
  user.type(text, "Words that make room");
  const shape = user.draw("RECTANGLE", { width: 200, height: 150 }, { x: 600, y: 2_000 });
  const own = [text.id, shape.id];
  const writes = own.map((layer) => ({ layer, key: "out" as const, value: replace }));
  await board.panel.ask("writeRecords", { writes, isUndoStep: false });
  const document = exportDocument(board.standIn.document);
  board.standIn.dispose();
  return { editor, plugin: await buildPlugin(), document, nodes: { stack, replace: own } };
}
