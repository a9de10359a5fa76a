import { sql } from "kysely";
import { monthsWithin, type Month } from "#domain/month";
import type { UsageDay, UsageRow } from "#domain/usage";
import type { Database } from "./database.ts";
import { houseAccounts } from "./transfers.ts";

const dayMs = 24 * 60 * 60_000;

/** A row with everything in it; who is not the owner is not shown the house's loss. */
export type FullUsageRow = UsageRow & { readonly houseLoss: number };

/** Which usage is asked for: from one moment until before another, of one member or (null) everyone. */
export interface UsageQuery {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly member: string | null;
}

/**
 * What a team spent, by month, member, file and model, in that order. It is read from the ends of holds
 * in the ledger itself, so that it adds up to what the ledger spent.
 */
export async function usageOf(
  database: Database,
  team: string,
  { fromMs, untilMs, member }: UsageQuery,
): Promise<FullUsageRow[]> {
  const rows: FullUsageRow[] = [];
  for (const month of monthsWithin(fromMs, untilMs)) {
    rows.push(...(await usageInMonth(database, team, month, member)));
  }
  return rows;
}

async function usageInMonth(
  database: Database,
  team: string,
  month: Month,
  member: string | null,
): Promise<FullUsageRow[]> {
  let query = database
    .selectFrom("transfer as ending")
    .innerJoin("transfer as held", "held.id", "ending.hold")
    .innerJoin("run", "run.id", "ending.run")
    // Every call that was made has a first try, and all its tries are of one model.
    .leftJoin("attempt", (join) =>
      join
        .onRef("attempt.run", "=", "ending.run")
        .onRef("attempt.node", "=", "ending.node")
        .onRef("attempt.call", "=", "ending.call")
        .on("attempt.try_number", "=", 1),
    )
    .leftJoin("entry as loss", (join) =>
      join.onRef("loss.transfer", "=", "ending.id").on("loss.account", "=", houseAccounts.loss),
    )
    .leftJoin("file_fence", (join) =>
      join.onRef("file_fence.team", "=", "run.team").onRef("file_fence.file", "=", "run.file"),
    )
    .where("ending.team", "=", team)
    .where("ending.hold", "is not", null)
    .where("ending.created_at", ">=", month.fromMs)
    .where("ending.created_at", "<", month.untilMs);
  if (member !== null) query = query.where("run.member", "=", member);
  const found = await query
    .select(["run.member", "run.file", "file_fence.name as file_name", "attempt.model"])
    .select([
      sql<number | string>`count(DISTINCT ending.run)`.as("runs"),
      sql<number | string>`sum(CASE WHEN ending.kind = 'post' THEN 1 ELSE 0 END)`.as("calls"),
      sql<number | string>`sum(ending.credits)`.as("credits"),
      sql<number | string>`sum(ending.micro_dollars)`.as("micro_dollars"),
      sql<number | string>`sum(held.credits - ending.credits)`.as("refunded"),
      sql<number | string>`sum(coalesce(loss.credits, 0))`.as("house_loss"),
    ])
    .groupBy(["run.member", "run.file", "file_fence.name", "attempt.model"])
    .execute();
  const rows = found.map((row) => ({
    month: month.name,
    member: row.member,
    file: row.file,
    fileName: row.file_name,
    model: row.model,
    runs: Number(row.runs),
    calls: Number(row.calls),
    credits: Number(row.credits),
    microDollars: Number(row.micro_dollars),
    refunded: Number(row.refunded),
    houseLoss: Number(row.house_loss),
  }));
  // Sorted here: the databases do not agree on the order of texts and of nothing.
  return rows.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** What a team spent on each day (UTC), by member, oldest day first: the same calls as in {@link usageOf}. */
export async function usageByDay(
  database: Database,
  team: string,
  { fromMs, untilMs, member }: UsageQuery,
): Promise<UsageDay[]> {
  let query = database
    .selectFrom("transfer as ending")
    .innerJoin("run", "run.id", "ending.run")
    .where("ending.team", "=", team)
    .where("ending.hold", "is not", null)
    .where("ending.created_at", ">=", fromMs)
    .where("ending.created_at", "<", untilMs);
  if (member !== null) query = query.where("run.member", "=", member);
  // Whole numbers divided by one are rounded down in both databases; no moment is before 1970.
  const day = sql<number | string>`ending.created_at / ${sql.lit(dayMs)}`;
  const found = await query
    .select(["run.member", day.as("day")])
    .select([
      sql<number | string>`sum(CASE WHEN ending.kind = 'post' THEN 1 ELSE 0 END)`.as("calls"),
      sql<number | string>`sum(ending.credits)`.as("credits"),
      sql<number | string>`sum(ending.micro_dollars)`.as("micro_dollars"),
    ])
    .groupBy(["run.member", day])
    .execute();
  const rows = found.map((row) => ({
    day: new Date(Number(row.day) * dayMs).toISOString().slice(0, 10),
    member: row.member,
    calls: Number(row.calls),
    credits: Number(row.credits),
    microDollars: Number(row.micro_dollars),
  }));
  return rows.sort((one, other) => (one.day + one.member < other.day + other.member ? -1 : 1));
}

function keyOf({ member, file, model }: FullUsageRow): string {
  return JSON.stringify([member, file, model ?? ""]);
}
