import { sql } from "kysely";
import { capKindSchema, type Cap, type Capped } from "#domain/cap";
import { monthOf } from "#domain/month";
import type { Database, Transaction } from "./database.ts";

/** Who spends, and where. */
export interface Spender {
  readonly member: string;
  readonly file: string;
}

/** Sets the most credits a month, or takes the cap away (null). */
export async function setCap(
  transaction: Transaction,
  team: string,
  { kind, name }: Capped,
  credits: number | null,
): Promise<void> {
  if (credits === null) {
    await transaction
      .deleteFrom("spend_cap")
      .where("team", "=", team)
      .where("kind", "=", kind)
      .where("name", "=", name)
      .execute();
    return;
  }
  // One row that stays: whoever waits for it at a start sees the new figure then.
  await transaction
    .insertInto("spend_cap")
    .values({ team, kind, name, credits })
    .onConflict((conflict) => conflict.columns(["team", "kind", "name"]).doUpdateSet({ credits }))
    .execute();
}

/** Every cap of a team with what counts against it, in the order of kind and name. */
export async function listCaps(database: Database, team: string, nowMs: number): Promise<Cap[]> {
  const rows = await database
    .selectFrom("spend_cap")
    .select(["kind", "name", "credits"])
    .where("team", "=", team)
    .orderBy("kind", "desc")
    .orderBy("name")
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
  return measure(database, team, await findCaps(database, team, spender), nowMs);
}

/**
 * As {@link capsOn}, and until the transaction ends nobody else who meets one of these caps is told
 * what counts against it: of many who spend at once each one sees what those before it hold.
 */
export async function lockCapsOn(
  transaction: Transaction,
  team: string,
  spender: Spender,
  nowMs: number,
): Promise<Cap[]> {
  const rows = [];
  // One by one in the same order always: two at once then wait for each other and never in a circle.
  for (const { kind, name } of await findCaps(transaction, team, spender)) {
    const row = await transaction
      .updateTable("spend_cap")
      .set({ credits: sql<number>`credits` })
      .where("team", "=", team)
      .where("kind", "=", kind)
      .where("name", "=", name)
      .returning(["kind", "name", "credits"])
      .executeTakeFirst();
    if (row) rows.push(row);
  }
  return measure(transaction, team, rows, nowMs);
}

/** In the order of {@link placesOf}; most teams have none, which is one look. */
async function findCaps(database: Database, team: string, spender: Spender) {
  const places = placesOf(spender);
  const rows = await database
    .selectFrom("spend_cap")
    .select(["kind", "name", "credits"])
    .where("team", "=", team)
    .where((row) => row.or(places.map(({ kind, name }) => row.and({ kind, name }))))
    .execute();
  return places.flatMap(
    ({ kind, name }) => rows.find((row) => row.kind === kind && row.name === name) ?? [],
  );
}

function placesOf({ member, file }: Spender): Capped[] {
  return [
    { kind: "file", name: file },
    { kind: "member", name: member },
    { kind: "team", name: "" },
  ];
}

async function measure(
  database: Database,
  team: string,
  rows: readonly { readonly kind: string; readonly name: string; readonly credits: number }[],
  nowMs: number,
): Promise<Cap[]> {
  const caps: Cap[] = [];
  for (const { kind: word, name, credits } of rows) {
    const kind = capKindSchema.parse(word);
    const used = await usedOf(database, team, { kind, name }, monthOf(nowMs).fromMs);
    caps.push({ kind, name, credits, used });
  }
  return caps;
}

/**
 * In one statement: between two of them a hold could be paid, which neither would count. Only a run that
 * has not ended has open holds.
 */
async function usedOf(
  database: Database,
  team: string,
  { kind, name }: Capped,
  fromMs: number,
): Promise<number> {
  const paid = database
    .selectFrom("paid_in_month")
    .select(({ fn }) => fn.sum<number | string | null>("paid_in_month.credits").as("credits"))
    .where("paid_in_month.team", "=", team)
    .where("paid_in_month.month_at", "=", fromMs);
  const held = database
    .selectFrom("run")
    .innerJoin("transfer as held", "held.run", "run.id")
    .leftJoin("transfer as ending", "ending.hold", "held.id")
    .select(({ fn }) => fn.sum<number | string | null>("held.credits").as("credits"))
    .where("run.team", "=", team)
    .where("run.state", "=", "running")
    .where("held.team", "=", team)
    .where("held.kind", "=", "hold")
    .where("ending.id", "is", null);
  const both =
    kind === "team"
      ? [paid.as("paid"), held.as("held")]
      : [
          paid.where(`paid_in_month.${kind}`, "=", name).as("paid"),
          held.where(`run.${kind}`, "=", name).as("held"),
        ];
  const row = await database.selectNoFrom(both).executeTakeFirstOrThrow();
  return Number(row.paid ?? 0) + Number(row.held ?? 0);
}
