import type { SqlFlavour } from "./sql-flavour.ts";

const text = "TEXT NOT NULL";

/** Lines before providers, their rates, and the runs that wait to be worked on. */
export function fairness({ integer, tableEnd }: SqlFlavour): string[] {
  const int = `${integer} NOT NULL`;
  const ofProcess = "FOREIGN KEY (process) REFERENCES relay_process (id) ON DELETE CASCADE";
  return [
    `CREATE TABLE provider_line (provider TEXT PRIMARY KEY, arrived ${int}, served ${int},
       paused_until ${int}) ${tableEnd}`,
    `CREATE TABLE provider_served (provider ${text}, team ${text}, member ${text}, served ${int},
       PRIMARY KEY (provider, team, member)) ${tableEnd}`,
    `CREATE TABLE provider_wait (id TEXT PRIMARY KEY, provider ${text}, team ${text},
       member ${text}, arrived ${int}, starts_call ${int}, process ${text}, ${ofProcess}) ${tableEnd}`,
    `CREATE INDEX provider_wait_by_member ON provider_wait
       (provider, team, member, starts_call, arrived)`,
    `CREATE INDEX provider_wait_by_process ON provider_wait (process)`,
    `CREATE TABLE provider_start (provider ${text}, number ${int}, at ${int},
       PRIMARY KEY (provider, number)) ${tableEnd}`,
    `ALTER TABLE provider_place ADD COLUMN call TEXT`,
    `ALTER TABLE run ADD COLUMN calls ${int} DEFAULT 0`,
    `ALTER TABLE run ADD COLUMN is_hosted ${int} DEFAULT 0`,
    // It holds all that is asked of open runs: their graphs may be large.
    `CREATE INDEX run_by_host ON run (state, is_hosted, team, member, started_at, calls)`,
  ];
}
