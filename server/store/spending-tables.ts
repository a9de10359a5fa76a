import type { SqlFlavour } from "./sql-flavour.ts";

/** The tables of caps and of what counts against them. */
export interface SpendingSchema {
  /** The most that is spent a month; the name is a member's, a file's id, or empty for the team. */
  month_cap: { team: string; kind: string; name: string; unit: string; most: number };
  /** What was paid since `month_at`, when a month (UTC) began, by who started the run and where. */
  paid_in_month: { team: string; month_at: number; member: string; file: string; credits: number };
  /** As paid_in_month, of what providers took on the team's own accounts. */
  money_in_month: {
    team: string;
    month_at: number;
    member: string;
    file: string;
    micro_dollars: number;
  };
  spending_setting: {
    team: string;
    confirm_above: number;
    confirm_above_micro_dollars: number;
  };
}

/** Caps on what is spent in a month, and the price above which a team is asked twice. */
export function spendingTables({ integer, tableEnd, monthOf }: SqlFlavour): string[] {
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
    // A sum that is kept: adding up a month of calls at each start would keep everybody waiting.
    `CREATE TABLE paid_in_month (team ${text}, month_at ${credits}, member ${text}, file ${text},
       credits ${credits} CHECK (credits > 0), PRIMARY KEY (team, month_at, member, file)) ${tableEnd}`,
    `INSERT INTO paid_in_month SELECT run.team, ${monthOf("transfer.created_at")}, run.member,
       run.file, sum(transfer.credits) FROM transfer
       JOIN run ON run.id = transfer.run AND run.team = transfer.team
       WHERE transfer.kind = 'post' AND transfer.credits > 0 GROUP BY 1, 2, 3, 4`,
    `CREATE INDEX transfer_by_end ON transfer (team, created_at) WHERE hold IS NOT NULL`,
  ];
}
