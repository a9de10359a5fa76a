import { versionSchema, type Version } from "#domain/version";
import { hashesIn, referToAssets } from "./asset-references.ts";
import type { Insertable } from "kysely";
import type { Database, Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";
import type { Schema } from "./schema.ts";

/** What a result was made of, beyond what the result itself says. */
export interface VersionOrigin {
  /** Which result of which node above. */
  readonly parents: ReadonlyMap<string, string>;
  /** Everything that its calls were made of; the assets in it are kept as long as the result. */
  readonly inputs: unknown;
}

const countVersion = prepare(
  (database, { team, file, node }: { team: string; file: string; node: string }) =>
    database
      .insertInto("version_count")
      .values({ team, file, node, last: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(["team", "file", "node"])
          .doUpdateSet((expression) => ({ last: expression("version_count.last", "+", 1) })),
      )
      .returning("last")
      .compile(),
);

const insertVersion = prepare((database, row: Insertable<Schema["version"]>) =>
  database.insertInto("version").values(row).compile(),
);

const insertParents = prepare(
  (database, { parents }: { parents: readonly Insertable<Schema["version_parent"]>[] }) =>
    database.insertInto("version_parent").values(parents).compile(),
);

/**
 * Keeps a result for good, with the assets in it and in what it was made of; it becomes the newest of its
 * node. Throws for one that could not be read back.
 */
export async function saveVersion(
  transaction: Transaction,
  team: string,
  file: string,
  version: Version,
  origin: VersionOrigin = { parents: new Map(), inputs: null },
): Promise<void> {
  const { rows } = await countVersion(transaction, { team, file, node: version.node });
  await insertVersion(transaction, {
    id: version.id,
    team,
    file,
    node: version.node,
    run: version.run,
    fingerprint: version.fingerprint,
    version: JSON.stringify(versionSchema.parse(version)),
    created_at: version.atMs,
    place: rows[0]?.last ?? 1,
  });
  const hashes = hashesIn(version.items, version.settings, origin.inputs);
  await referToAssets(transaction, team, { kind: "version", id: version.id }, hashes);
  const parents = [...origin.parents].map(([node, parent]) => ({
    team,
    version: version.id,
    node,
    parent,
  }));
  if (parents.length > 0) await insertParents(transaction, { parents });
}

/** From which result of which node a result was made, by the node. */
export async function parentsOfVersion(
  database: Database,
  team: string,
  version: string,
): Promise<Map<string, string>> {
  const rows = await database
    .selectFrom("version_parent")
    .select(["node", "parent"])
    .where("team", "=", team)
    .where("version", "=", version)
    .orderBy("node")
    .execute();
  return new Map(rows.map((row) => [row.node, row.parent]));
}

/** The newest result of a node, or null. */
export async function latestVersion(
  database: Database,
  team: string,
  file: string,
  node: string,
): Promise<Version | null> {
  const [newest] = await listVersions(database, team, file, node, 1);
  return newest ?? null;
}

const newestOfNodes = prepare(
  (database, { team, file, nodes }: { team: string; file: string; nodes: readonly string[] }) =>
    database
      .selectFrom("version as own")
      .select(["own.node", "own.version"])
      .where("own.team", "=", team)
      .where("own.file", "=", file)
      .where("own.node", "in", nodes)
      .where((expression) =>
        expression.not(
          expression.exists(
            expression
              .selectFrom("version as newer")
              .select("newer.id")
              .where("newer.team", "=", team)
              .where("newer.file", "=", file)
              .whereRef("newer.node", "=", "own.node")
              .whereRef("newer.place", ">", "own.place"),
          ),
        ),
      )
      .compile(),
);

/** The newest result of each of these nodes that has one. */
export async function latestVersions(
  database: Database,
  team: string,
  file: string,
  nodes: readonly string[],
): Promise<Map<string, Version>> {
  const found = new Map<string, Version>();
  // SQLite takes at most 32,766 parameters (https://sqlite.org/limits.html); a graph has fewer nodes.
  if (nodes.length === 0) return found;
  const { rows } = await newestOfNodes(database, { team, file, nodes });
  for (const row of rows) found.set(row.node, versionSchema.parse(JSON.parse(row.version)));
  return found;
}

const someVersions = prepare((database, { team, ids }: { team: string; ids: readonly string[] }) =>
  database
    .selectFrom("version")
    .select(["id", "version"])
    .where("team", "=", team)
    .where("id", "in", ids)
    .compile(),
);

/** Results by their ids. */
export async function versionsById(
  database: Database,
  team: string,
  ids: readonly string[],
): Promise<Map<string, Version>> {
  if (ids.length === 0) return new Map();
  const { rows } = await someVersions(database, { team, ids });
  return new Map(rows.map((row) => [row.id, versionSchema.parse(JSON.parse(row.version))]));
}

/** The kept results of a node, newest first, at most `limit`. */
export async function listVersions(
  database: Database,
  team: string,
  file: string,
  node: string,
  limit = 30,
): Promise<Version[]> {
  const rows = await database
    .selectFrom("version")
    .select("version")
    .where("team", "=", team)
    .where("file", "=", file)
    .where("node", "=", node)
    .orderBy("place", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => versionSchema.parse(JSON.parse(row.version)));
}
