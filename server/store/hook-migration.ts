import type { SqlFlavour } from "./sql-flavour.ts";

/** The tables of webhooks. */
export function hooks({ integer, tableEnd }: SqlFlavour): string[] {
  return [
    `CREATE TABLE hook_secret (team TEXT PRIMARY KEY, secret TEXT NOT NULL) ${tableEnd}`,
    `CREATE TABLE hook_seen (team TEXT NOT NULL, hash TEXT NOT NULL, at ${integer} NOT NULL,
       PRIMARY KEY (team, hash)) ${tableEnd}`,
    `CREATE INDEX hook_seen_by_time ON hook_seen (team, at)`,
  ];
}
