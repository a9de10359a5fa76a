import { tableText } from "#domain/table-text";
import { makeWellFormed } from "#domain/well-formed";
import type { TypedLayer } from "./found-layer.ts";

/** What people read in a layer, or null where there is nothing; a table's cells as Markdown. */
export function readText(layer: TypedLayer): string | null {
  const text = makeWellFormed(textOf(layer) ?? "");
  return text === "" ? null : text;
}

function textOf({ type, node }: TypedLayer): string | null {
  if (type === "TEXT") return node.characters;
  if (type === "CODE_BLOCK") return node.code;
  if (type === "TABLE") return tableText(readCells(node));
  const isLabelled = type === "STICKY" || type === "SHAPE_WITH_TEXT" || type === "CONNECTOR";
  return isLabelled ? node.text.characters : null;
}

function readCells(table: TableNode): string[][] {
  const columns = Array.from({ length: table.numColumns }, (_, column) => column);
  return Array.from({ length: table.numRows }, (_, row) =>
    columns.map((column) => makeWellFormed(table.cellAt(row, column).text.characters)),
  );
}
