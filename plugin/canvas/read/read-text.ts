import { joinTexts, type PlacedText } from "#domain/read-text";
import { tableText } from "#domain/table-text";
import { makeWellFormed } from "#domain/well-formed";
import type { FoundLayer, TypedLayer } from "./found-layer.ts";
import { readBox } from "./read-box.ts";

/**
 * What people read in a layer, or null where there is nothing; a table's cells as Markdown, the parts of
 * an instance in reading order.
 */
export function readText(layer: FoundLayer): string | null {
  if (layer.type === "INSTANCE") return readInstance(layer.inside);
  return readOwnText(layer);
}

/** Where a text stands is asked only where there are others: each box costs a look at the canvas. */
function readInstance(parts: readonly TypedLayer[]): string | null {
  const isAlone = parts.length === 1;
  return joinTexts(parts.flatMap((part) => placeText(part, isAlone) ?? []));
}

/** Null for nothing, and for what Figma cannot tell about: one odd part must not cost the instance. */
function placeText(part: TypedLayer, isAlone: boolean): PlacedText | null {
  try {
    const text = readOwnText(part);
    return text?.trim() ? { text, box: isAlone ? null : readBox(part.node) } : null;
  } catch {
    return null;
  }
}

function readOwnText(layer: TypedLayer): string | null {
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
