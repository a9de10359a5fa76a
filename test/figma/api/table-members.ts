import { refuse } from "../errors.ts";
import { setSize } from "../model/auto-layout.ts";
import { moveTo } from "../model/geometry.ts";
import type { Layer } from "../model/layer.ts";
import { defaultsOf } from "../model/defaults.ts";
import type { FigmaDocument } from "../model/document.ts";
import type { Getter, Method } from "./registry.ts";
import type { Session } from "./session.ts";
import { Handle } from "./values.ts";

/** Members of tables and their cells. A cell knows its row and column; the table is their grid. */
export const tableGetters: Readonly<Record<string, Getter>> = {
  numRows: (_session, table) => countOf(table, "rowIndex"),
  numColumns: (_session, table) => countOf(table, "columnIndex"),
  "TABLE_CELL.text": (_session, cell) => new Handle("TextSublayerNode", cell.id),
  "TABLE_CELL.toString": (_session, cell) => `[TableCell ${cell.id}]`,
};

/** The methods of a table. */
export const tableMethods: Readonly<Record<string, Method>> = {
  cellAt: (_session, table, row: number, column: number) => cellAt(table, row, column),
  insertRow: (session, table, index: number) => insert(session, table, "rowIndex", index),
  insertColumn: (session, table, index: number) => insert(session, table, "columnIndex", index),
  removeRow: (session, table, index: number) => removeLine(session, table, "rowIndex", index),
  removeColumn: (session, table, index: number) => removeLine(session, table, "columnIndex", index),
  moveRow: (session, table, from: number, to: number) =>
    moveLine(session, table, "rowIndex", from, to),
  moveColumn: (session, table, from: number, to: number) =>
    moveLine(session, table, "columnIndex", from, to),
  resizeRow: (session, table, index: number, height: number) =>
    resizeLine(session, table, "rowIndex", index, { height }),
  resizeColumn: (session, table, index: number, width: number) =>
    resizeLine(session, table, "columnIndex", index, { width }),
};

type Line = "rowIndex" | "columnIndex";

/** Hangs the cells of a new table under it. */
export function addCells(
  document: FigmaDocument,
  table: Layer,
  rows: number,
  columns: number,
): void {
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) addCell(document, table, row, column);
  arrange(document, table);
}

function addCell(
  document: FigmaDocument,
  table: Layer,
  rowIndex: number,
  columnIndex: number,
): void {
  const defaults = defaultsOf("TABLE_CELL");
  if (defaults === null) return;
  document.place(
    document.add(document.newId(), "TABLE_CELL", { ...defaults, rowIndex, columnIndex }),
    table,
  );
}

function indexOf(cell: Layer, line: Line): number {
  return cell.values[line] as number;
}

function countOf(table: Layer, line: Line): number {
  return Math.max(0, ...(table.children ?? []).map((cell) => indexOf(cell, line) + 1));
}

function cellAt(table: Layer, row: number, column: number): Layer {
  const cell = table.children?.find(
    ({ values }) => values["rowIndex"] === row && values["columnIndex"] === column,
  );
  if (cell === undefined)
    throw refuse("cellAt", `There is no cell at row ${row}, column ${column}`);
  return cell;
}

function checkIndex(table: Layer, operation: string, line: Line, index: number, extra = 0): void {
  if (!Number.isInteger(index) || index < 0 || index >= countOf(table, line) + extra)
    throw refuse(operation, `${line} is out of range: ${index}`);
}

function insert(session: Session, table: Layer, line: Line, index: number): void {
  checkIndex(table, line === "rowIndex" ? "insertRow" : "insertColumn", line, index, 1);
  const { document } = session;
  for (const cell of table.children ?? [])
    if (indexOf(cell, line) >= index) document.write(cell, line, indexOf(cell, line) + 1);
  const across: Line = line === "rowIndex" ? "columnIndex" : "rowIndex";
  const count = countOf(table, across);
  for (let other = 0; other < count; other += 1)
    addCell(
      document,
      table,
      line === "rowIndex" ? index : other,
      line === "rowIndex" ? other : index,
    );
  arrange(document, table);
}

function removeLine(session: Session, table: Layer, line: Line, index: number): void {
  checkIndex(table, line === "rowIndex" ? "removeRow" : "removeColumn", line, index);
  const { document } = session;
  for (const cell of [...(table.children ?? [])]) {
    if (indexOf(cell, line) === index) document.place(cell, null);
    else if (indexOf(cell, line) > index) document.write(cell, line, indexOf(cell, line) - 1);
  }
  arrange(document, table);
}

function moveLine(session: Session, table: Layer, line: Line, from: number, to: number): void {
  const operation = line === "rowIndex" ? "moveRow" : "moveColumn";
  checkIndex(table, operation, line, from);
  checkIndex(table, operation, line, to);
  for (const cell of table.children ?? []) {
    const at = indexOf(cell, line);
    const shifted =
      at === from
        ? to
        : from < to && at > from && at <= to
          ? at - 1
          : from > to && at >= to && at < from
            ? at + 1
            : at;
    if (shifted !== at) session.document.write(cell, line, shifted);
  }
  arrange(session.document, table);
}

function resizeLine(
  session: Session,
  table: Layer,
  line: Line,
  index: number,
  size: { width?: number; height?: number },
): void {
  const operation = line === "rowIndex" ? "resizeRow" : "resizeColumn";
  checkIndex(table, operation, line, index);
  if (!((size.width ?? size.height ?? 0) >= 0.01))
    throw refuse(operation, "Expected a value >= 0.01");
  for (const cell of table.children ?? [])
    if (indexOf(cell, line) === index) setSize(session.document, cell, size);
  arrange(session.document, table);
}

function arrange(document: FigmaDocument, table: Layer): void {
  const cells = table.children ?? [];
  const sizeOf = (line: Line, index: number, side: "width" | "height"): number =>
    Math.max(
      0,
      ...cells.filter((cell) => indexOf(cell, line) === index).map((cell) => cell.values[side]),
    );
  const starts = (line: Line, side: "width" | "height"): number[] => {
    const offsets = [0];
    for (let index = 0; index < countOf(table, line); index += 1)
      offsets.push((offsets[index] ?? 0) + sizeOf(line, index, side));
    return offsets;
  };
  const [lefts, tops] = [starts("columnIndex", "width"), starts("rowIndex", "height")];
  for (const cell of cells)
    document.derive(cell, {
      transform: moveTo(
        cell.values.transform,
        lefts[indexOf(cell, "columnIndex")] ?? 0,
        tops[indexOf(cell, "rowIndex")] ?? 0,
      ),
    });
  setSize(document, table, { width: lefts.at(-1) ?? 0, height: tops.at(-1) ?? 0 });
}
