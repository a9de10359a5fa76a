import { formatCsv } from "./format-csv.ts";
import type { UsageRow } from "./usage.ts";

/** What the columns of a table of usage are called. */
export const usageColumns: readonly string[] = [
  ...["month", "member", "file", "file name", "model", "runs", "calls"],
  ...["credits", "dollars", "refunded", "house loss"],
];

/** The cells of a row, in the order of {@link usageColumns}. */
export function usageCells(row: UsageRow): string[] {
  return [
    row.month,
    row.member,
    row.file,
    row.fileName ?? "",
    row.model ?? "not started",
    ...[row.runs, row.calls, row.credits, row.microDollars / 1e6, row.refunded].map(String),
    row.houseLoss === null ? "" : String(row.houseLoss),
  ];
}

/** The rows as CSV, below the names of their columns. */
export function formatUsageCsv(rows: readonly UsageRow[]): string {
  return formatCsv([usageColumns, ...rows.map(usageCells)]);
}
