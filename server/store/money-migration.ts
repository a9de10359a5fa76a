import type { SqlFlavour } from "./sql-flavour.ts";

/** What is paid in dollars, straight to providers, beside what is paid in credits. */
export function money({ integer, tableEnd }: SqlFlavour): string[] {
  const text = "TEXT NOT NULL";
  const count = `${integer} NOT NULL`;
  const more = (table: string, column = "micro_dollars", usual = 0) =>
    `ALTER TABLE ${table} ADD COLUMN ${column} ${count} DEFAULT ${usual} CHECK (${column} >= 0)`;
  return [
    ...["quote", "run", "transfer"].map((table) => more(table)),
    `ALTER TABLE attempt ADD COLUMN billed_micro_dollars ${integer}`,
    more("spending_setting", "confirm_above_micro_dollars", 5_000_000),
    `CREATE TABLE money_in_month (team ${text}, month_at ${count}, member ${text}, file ${text},
       micro_dollars ${count} CHECK (micro_dollars > 0),
       PRIMARY KEY (team, month_at, member, file)) ${tableEnd}`,
    // The same place may have a cap in credits and one in dollars. The team's own have an empty name.
    `CREATE TABLE month_cap (team ${text}, kind ${text} CHECK (kind IN ('team', 'member', 'file')),
       name ${text}, unit ${text} CHECK (unit IN ('credits', 'microDollars')),
       most ${count} CHECK (most >= 0), PRIMARY KEY (team, kind, name, unit),
       CHECK ((kind = 'team') = (name = ''))) ${tableEnd}`,
    `INSERT INTO month_cap SELECT team, kind, name, 'credits', credits FROM spend_cap`,
    `DROP TABLE spend_cap`,
  ];
}
