import type { SqlFlavour } from "./sql-flavour.ts";

/**
 * The tables of provider keys. Each key that is set is a version of its own; the one before stays for
 * the attempts that began with it. A removed key leaves its row, so that its version is never given again,
 * and loses what was sealed.
 */
export function keyTables({ integer, tableEnd }: SqlFlavour): string[] {
  return [
    `CREATE TABLE provider_key (team TEXT NOT NULL, provider TEXT NOT NULL,
       version ${integer} NOT NULL, sealed TEXT, last_four TEXT NOT NULL, set_at ${integer} NOT NULL,
       ended_at ${integer}, PRIMARY KEY (team, provider, version)) ${tableEnd}`,
    // Two who set a key at once: the second finds the first one's version and takes the next.
    `CREATE UNIQUE INDEX provider_key_newest ON provider_key (team, provider) WHERE ended_at IS NULL`,
  ];
}

/** Which version of a provider's key an attempt began with (reliability.md F58). */
export function attemptKeys(): string[] {
  return ["ALTER TABLE attempt ADD COLUMN key_version TEXT"];
}
