import type { SqlFlavour } from "./sql-flavour.ts";

/** A row of the teams' own workflows. */
export interface WorkflowRow {
  readonly team: string;
  readonly id: string;
  readonly title: string;
  readonly graph: string;
  readonly inputs: string;
  readonly output: string;
  readonly revision: number;
}

/** The table of the teams' own workflows. */
export function workflowTable({ integer, tableEnd }: SqlFlavour): string[] {
  const text = "TEXT NOT NULL";
  return [
    `CREATE TABLE workflow (team ${text}, id ${text}, title ${text}, graph ${text},
       inputs ${text}, output ${text}, revision ${integer} NOT NULL,
       PRIMARY KEY (team, id)) ${tableEnd}`,
  ];
}
