import { sql } from "kysely";
import {
  capKindSchema,
  capUnits,
  capUnitSchema,
  type Cap,
  type Capped,
  type CapUnit,
} from "#domain/cap";
import { monthOf } from "#domain/month";
import type { Database, Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";

/** Who spends, and where. */
export interface Spender {
  readonly member: string;
  readonly file: string;
}

/** Sets the most that is spent a month, or takes the cap away (null). */
export async function setCap(
  transaction: Transaction,
  team: string,
  { kind, name, unit }: Capped,
  most: number | null,
): Promise<void> {
  if (most === null) {
    await transaction
      .deleteFrom("month_cap")
      .where("team", "=", team)
      .where("kind", "=", kind)
      .where("name", "=", name)
      .where("unit", "=", unit)
      .execute();
    return;
  }
  // One row that stays: whoever waits for it at a start sees the new figure then.
  await transaction
    .insertInto("month_cap")
    .values({ team, kind, name, unit, most })
    .onConflict((conflict) =>
      conflict.columns(["team", "kind", "name", "unit"]).doUpdateSet({ most }),
    )
    .execute();
}

/** Every cap of a team with what counts against it, in the order of kind, name and unit. */
export async function listCaps(database: Database, team: string, nowMs: number): Promise<Cap[]> {
  const rows = await database
    .selectFrom("month_cap")
    .select(["kind", "name", "unit", "most"])
    .where("team", "=", team)
    .orderBy("kind", "desc")
    .orderBy("name")
    .orderBy("unit")
    .execute();
  return measure(database, team, rows, nowMs);
}

/** The caps that a spender meets, with what counts against each. */
export async function capsOn(
  database: Database,
  team: string,
  spender: Spender,
  nowMs: number,
): Promise<Cap[]> {
  return measure(database, team, await findCaps(database, team, spender, capUnits), nowMs);
}

/**
 * As {@link capsOn} for some units, and until the transaction ends nobody else who meets one of these caps
 * is told what counts against it: of many who spend at once each one sees what those before it hold.
 */
export async function lockCapsOn(
  transaction: Transaction,
  team: string,
  spender: Spender,
  nowMs: number,
  units: readonly CapUnit[] = capUnits,
): Promise<Cap[]> {
  const rows = [];
  // One by one in the same order always: two at once then wait for each other and never in a circle.
  for (const { kind, name, unit } of await findCaps(transaction, team, spender, units)) {
    const row = await transaction
      .updateTable("month_cap")
      .set({ most: sql<number>`most` })
      .where("team", "=", team)
      .where("kind", "=", kind)
      .where("name", "=", name)
      .where("unit", "=", unit)
      .returning(["kind", "name", "unit", "most"])
      .executeTakeFirst();
    if (row) rows.push(row);
  }
  return measure(transaction, team, rows, nowMs);
}

const capsOfPlaces = prepare(
  (database, { team, places }: { team: string; places: { kind: string; name: string }[] }) =>
    database
      .selectFrom("month_cap")
      .select(["kind", "name", "unit", "most"])
      .where("team", "=", team)
      .where((row) => row.or(places.map(({ kind, name }) => row.and({ kind, name }))))
      .compile(),
);

/** In the order of {@link placesOf} and of the units; most teams have none, which is one look. */
async function findCaps(
  database: Database,
  team: string,
  spender: Spender,
  units: readonly CapUnit[],
) {
  const places = placesOf(spender);
  const { rows } = await capsOfPlaces(database, { team, places });
  return places.flatMap((place) =>
    units.flatMap(
      (unit) =>
        rows.find(
          ({ kind, name, unit: of }) => kind === place.kind && name === place.name && of === unit,
        ) ?? [],
    ),
  );
}

function placesOf({ member, file }: Spender): Omit<Capped, "unit">[] {
  return [
    { kind: "file", name: file },
    { kind: "member", name: member },
    { kind: "team", name: "" },
  ];
}

async function measure(
  database: Database,
  team: string,
  rows: readonly {
    readonly kind: string;
    readonly name: string;
    readonly unit: string;
    readonly most: number;
  }[],
  nowMs: number,
): Promise<Cap[]> {
  const caps: Cap[] = [];
  for (const { kind, unit, name, most } of rows) {
    const capped = { kind: capKindSchema.parse(kind), name, unit: capUnitSchema.parse(unit) };
    const used = await usedOf(database, team, capped, monthOf(nowMs).fromMs);
    caps.push({ ...capped, most, used });
  }
  return caps;
}

/**
 * In one statement: between two of them a hold could be paid, which neither would count. Only a run that
 * has not ended has open holds; these runs are found first, by an index that begins with their state:
 * left to itself SQLite reads every run that the team or the file ever had.
 */
async function usedOf(
  database: Database,
  team: string,
  { kind, name, unit }: Capped,
  fromMs: number,
): Promise<number> {
  const [table, column] =
    unit === "credits" ? ["paid_in_month", "credits"] : ["money_in_month", "micro_dollars"];
  const ofWhom = (rows: string) =>
    kind === "team" ? sql`` : sql`AND ${sql.ref(`${rows}.${kind}`)} = ${name}`;
  const { rows } = await sql<{ used: number | string }>`WITH open_run AS MATERIALIZED (
      SELECT id, member, file FROM run
      WHERE state = 'running' AND is_hosted IN (0, 1) AND team = ${team})
    SELECT coalesce((SELECT sum(${sql.ref(column)}) FROM ${sql.table(table)} AS paid
      WHERE paid.team = ${team} AND paid.month_at = ${fromMs} ${ofWhom("paid")}), 0) +
    coalesce((SELECT sum(held.${sql.ref(column)}) FROM open_run
      JOIN transfer AS held ON held.run = open_run.id
      LEFT JOIN transfer AS ending ON ending.hold = held.id
      WHERE held.team = ${team} AND held.kind = 'hold' AND ending.id IS NULL
        ${ofWhom("open_run")}), 0) AS used`.execute(database);
  return Number(rows[0]?.used ?? 0);
}
