import { sql } from "kysely";
import type { Cost } from "#domain/cost";
import { monthOf } from "#domain/month";
import type { Transaction } from "./database.ts";

/**
 * Adds what a run paid to its month's sums, of who started it and in which file, in the commit that pays:
 * caps are judged by them. What belongs to no run, or is nothing, is not counted.
 */
export async function countPaid(
  transaction: Transaction,
  team: string,
  paid: Partial<Cost> & { readonly run: string | null; readonly nowMs: number },
): Promise<void> {
  const { run, nowMs, credits = 0, microDollars = 0 } = paid;
  if (run === null) return;
  const { fromMs } = monthOf(nowMs);
  const key = sql`SELECT run.team, CAST(${fromMs} AS BIGINT), run.member, run.file`;
  const from = sql`FROM run WHERE run.id = ${run} AND run.team = ${team}
    ON CONFLICT (team, month_at, member, file) DO UPDATE`;
  if (credits > 0) {
    await sql`INSERT INTO paid_in_month (team, month_at, member, file, credits)
      ${key}, CAST(${credits} AS BIGINT) ${from}
      SET credits = paid_in_month.credits + excluded.credits`.execute(transaction);
  }
  if (microDollars > 0) {
    await sql`INSERT INTO money_in_month (team, month_at, member, file, micro_dollars)
      ${key}, CAST(${microDollars} AS BIGINT) ${from}
      SET micro_dollars = money_in_month.micro_dollars + excluded.micro_dollars`.execute(
      transaction,
    );
  }
}
