import type { SqlFlavour } from "./sql-flavour.ts";

/**
 * What refers to an asset, since when nothing does, and which bytes are leaving. The foreign key makes
 * the database itself refuse to forget an asset that is referred to. What was kept before is referred to by
 * its versions, by the runs that made them, and by the runs that are still open.
 */
export function retention({ integer, tableEnd, hashesIn }: SqlFlavour): string[] {
  const text = "TEXT NOT NULL";
  const ofAsset = "FOREIGN KEY (team, hash) REFERENCES asset (team, hash)";
  const refer = (kind: string, owner: string, from: string, column: string, where = "") =>
    `INSERT INTO asset_reference (team, hash, kind, owner)
       SELECT DISTINCT asset.team, asset.hash, '${kind}', ${owner}
       FROM ${from} JOIN ${hashesIn(column)}
       JOIN asset ON asset.team = run.team AND asset.hash = found.value ${where}
       ON CONFLICT DO NOTHING`;
  const version = "version JOIN run ON run.id = version.run AND run.team = version.team";
  const attempt = "attempt JOIN run ON run.id = attempt.run AND run.team = attempt.team";
  const isOpen = "WHERE run.state = 'running'";
  return [
    `ALTER TABLE asset ADD COLUMN unused_since ${integer}`,
    `CREATE INDEX asset_by_hash ON asset (hash)`,
    `CREATE INDEX asset_unused ON asset (unused_since) WHERE unused_since IS NOT NULL`,
    `CREATE TABLE asset_reference (team ${text}, hash ${text},
       kind ${text} CHECK (kind IN ('version', 'run', 'share')), owner ${text},
       PRIMARY KEY (team, hash, kind, owner), ${ofAsset}) ${tableEnd}`,
    `CREATE INDEX asset_reference_by_owner ON asset_reference (team, kind, owner)`,
    `CREATE TABLE derived_asset (team ${text}, hash ${text}, source ${text},
       PRIMARY KEY (team, hash, source), ${ofAsset} ON DELETE CASCADE) ${tableEnd}`,
    `CREATE INDEX derived_asset_by_source ON derived_asset (team, source)`,
    `CREATE TABLE asset_bytes (hash TEXT PRIMARY KEY, kept_at ${integer} NOT NULL,
       leaving_until ${integer}) ${tableEnd}`,
    `INSERT INTO asset_bytes (hash, kept_at) SELECT hash, max(created_at) FROM asset GROUP BY hash`,
    `CREATE TABLE version_parent (team ${text}, version ${text} REFERENCES version (id),
       node ${text}, parent ${text}, PRIMARY KEY (version, parent)) ${tableEnd}`,
    refer("version", "version.id", version, "version.version"),
    refer("version", "version.id", version, "run.graph"),
    refer("run", "run.id", "run", "run.graph", isOpen),
    refer("run", "run.id", attempt, "attempt.items", isOpen),
  ];
}
