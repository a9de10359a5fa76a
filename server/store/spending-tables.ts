import type { SqlFlavour } from "./sql-flavour.ts";

/** Caps on what is spent in a month, and the price above which a team is asked twice. */
export function spendingTables({ integer, tableEnd }: SqlFlavour): string[] {
  const text = "TEXT NOT NULL";
  const credits = `${integer} NOT NULL`;
  return [
    // The team's own cap has an empty name.
    `CREATE TABLE spend_cap (team ${text}, kind ${text} CHECK (kind IN ('team', 'member', 'file')),
       name ${text}, credits ${credits} CHECK (credits >= 0), PRIMARY KEY (team, kind, name),
       CHECK ((kind = 'team') = (name = ''))) ${tableEnd}`,
    `CREATE TABLE spending_setting (team TEXT PRIMARY KEY,
       confirm_above ${credits} CHECK (confirm_above >= 0)) ${tableEnd}`,
    `ALTER TABLE quote ADD COLUMN is_large ${credits} DEFAULT 0`,
    `CREATE INDEX transfer_by_end ON transfer (team, created_at) WHERE hold IS NOT NULL`,
  ];
}
