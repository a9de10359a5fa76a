import { sql } from "kysely";
import { monthOf } from "#domain/month";
import type { Transaction } from "./database.ts";

/**
 * Adds what a run paid to its month's sum, of who started it and in which file, in the commit that pays:
 * caps are judged by it. What belongs to no run, or is nothing, is not counted.
 */
export async function countPaid(
  transaction: Transaction,
  team: string,
  paid: { readonly run: string | null; readonly credits: number; readonly nowMs: number },
): Promise<void> {
  if (paid.credits === 0 || paid.run === null) return;
  const { fromMs } = monthOf(paid.nowMs);
  await sql`INSERT INTO paid_in_month (team, month_at, member, file, credits)
    SELECT run.team, CAST(${fromMs} AS BIGINT), run.member, run.file, CAST(${paid.credits} AS BIGINT)
      FROM run WHERE run.id = ${paid.run} AND run.team = ${team}
    ON CONFLICT (team, month_at, member, file)
      DO UPDATE SET credits = paid_in_month.credits + excluded.credits`.execute(transaction);
}
