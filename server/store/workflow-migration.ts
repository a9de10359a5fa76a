import type { SqlFlavour } from "./sql-flavour.ts";

/** The table of the teams' own workflows. */
export function workflowTable({ integer, tableEnd }: SqlFlavour): string[] {
  const text = "TEXT NOT NULL";
  return [
    `CREATE TABLE workflow (team ${text}, id ${text}, title ${text}, graph ${text},
       inputs ${text}, output ${text}, revision ${integer} NOT NULL,
       PRIMARY KEY (team, id)) ${tableEnd}`,
  ];
}
