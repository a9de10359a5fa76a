import type { Insertable, Selectable } from "kysely";
import { placementSchema, type Lease, type Placement, type Ruling } from "#domain/placement-lease";
import type { Version } from "#domain/version";
import type { Database, Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";
import type { Schema } from "./schema.ts";
import { versionsById } from "./versions.ts";

/** A placement with who holds it; `revision` tells whether it changed since it was read. */
export interface LeasedPlacement extends Placement {
  readonly lease: Lease | null;
  readonly revision: number;
}

/** A new wish to see an item of a kept version on the canvas. */
export type NewPlacement = Readonly<
  Pick<
    Placement,
    "pid" | "file" | "node" | "run" | "version" | "port" | "index" | "attempt" | "session"
  > & { nowMs: number }
>;

const insertRow = prepare((database, row: Insertable<Schema["placement"]>) =>
  database.insertInto("placement").values(row).compile(),
);

/** Keeps a new placement, waiting. Throws NotUnique when the item has one of this attempt. */
export async function insertPlacement(
  transaction: Transaction,
  team: string,
  placement: NewPlacement,
): Promise<void> {
  const { pid, file, node, run, version, port, index, attempt, session, nowMs } = placement;
  await insertRow(transaction, {
    ...{ team, pid, file, node, run, version, port, item: index, attempt, state: "pending" },
    ...{ layer: null, session, lease_session: null, lease_until: null, made_at: nowMs },
    revision: 1,
  });
}

/** The placements of a file that wait, oldest first, each row of results in its order, at most `limit`. */
export async function pendingPlacements(
  database: Database,
  team: string,
  file: string,
  limit: number,
): Promise<Placement[]> {
  const rows = await database
    .selectFrom("placement")
    .selectAll()
    .where("team", "=", team)
    .where("file", "=", file)
    .where("state", "=", "pending")
    .orderBy("made_at")
    .orderBy("version")
    .orderBy("item")
    .orderBy("attempt")
    .limit(limit)
    .execute();
  const ids = [...new Set(rows.map((row) => row.version))];
  const versions = await versionsById(database, team, ids);
  return rows.map((row) => readPlacement(row, versions.get(row.version)));
}

/** A placement of this team, or null. */
export async function findPlacement(
  database: Database,
  team: string,
  pid: string,
): Promise<LeasedPlacement | null> {
  const row = await database
    .selectFrom("placement")
    .selectAll()
    .where("team", "=", team)
    .where("pid", "=", pid)
    .executeTakeFirst();
  return row ? readLeased(database, team, row) : null;
}

/** The newest placement of an item of a version, or null. */
export async function newestPlacement(
  database: Database,
  team: string,
  version: string,
  index: number,
): Promise<LeasedPlacement | null> {
  const row = await database
    .selectFrom("placement")
    .selectAll()
    .where("team", "=", team)
    .where("version", "=", version)
    .where("item", "=", index)
    .orderBy("attempt", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? readLeased(database, team, row) : null;
}

/** Writes down how a placement stands. False, and nothing written, when it changed since it was read. */
export async function changePlacement(
  transaction: Transaction,
  team: string,
  { pid, revision }: Pick<LeasedPlacement, "pid" | "revision">,
  { state, layer, lease }: Ruling["after"],
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("placement")
    .set({
      state,
      layer,
      lease_session: lease?.session ?? null,
      lease_until: lease?.untilMs ?? null,
      revision: revision + 1,
    })
    .where("team", "=", team)
    .where("pid", "=", pid)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function readLeased(
  database: Database,
  team: string,
  row: Selectable<Schema["placement"]>,
): Promise<LeasedPlacement> {
  const versions = await versionsById(database, team, [row.version]);
  const { lease_session: session, lease_until: untilMs } = row;
  return {
    ...readPlacement(row, versions.get(row.version)),
    lease: session === null || untilMs === null ? null : { session, untilMs },
    revision: row.revision,
  };
}

function readPlacement(
  row: Selectable<Schema["placement"]>,
  version: Version | undefined,
): Placement {
  const { pid, file, node, run, port, item: index, attempt, state, layer, session } = row;
  const items = version?.items ?? [];
  return placementSchema.parse({
    ...{ pid, file, node, run, version: row.version, port, index, attempt, state, layer, session },
    count: items.length,
    item: items[index],
    madeAtMs: row.made_at,
  });
}
