import { tableText } from "#domain/table-text";
import type { RestLayer } from "./rest-layer.ts";

/** A table's text as Markdown. REST tells its cells in any order; their places say rows and columns. */
export function readTable(cells: readonly RestLayer[]): string | null {
  const rows = new Map<number, RestLayer[]>();
  for (const cell of cells) {
    const y = Math.round(cell.absoluteBoundingBox?.y ?? 0);
    rows.set(y, [...(rows.get(y) ?? []), cell]);
  }
  const lines = [...rows.entries()]
    .sort(([one], [other]) => one - other)
    .map(([, row]) =>
      row.sort((one, other) => leftOf(one) - leftOf(other)).map((cell) => cell.characters ?? ""),
    );
  return tableText(lines);
}

function leftOf(cell: RestLayer): number {
  return cell.absoluteBoundingBox?.x ?? 0;
}
