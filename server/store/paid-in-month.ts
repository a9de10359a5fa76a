import { sql } from "kysely";
import type { Cost } from "#domain/cost";
import { monthOf } from "#domain/month";
import type { Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";

/** A run's part of its month's sums, in one of their tables. */
const addTo = (table: "paid_in_month" | "money_in_month", column: "credits" | "micro_dollars") =>
  prepare(
    (
      database,
      { team, run, fromMs, paid }: { team: string; run: string; fromMs: number; paid: number },
    ) =>
      sql`INSERT INTO ${sql.table(table)} (team, month_at, member, file, ${sql.ref(column)})
      SELECT run.team, CAST(${fromMs} AS BIGINT), run.member, run.file, CAST(${paid} AS BIGINT)
      FROM run WHERE run.id = ${run} AND run.team = ${team}
      ON CONFLICT (team, month_at, member, file) DO UPDATE
      SET ${sql.ref(column)} = ${sql.ref(`${table}.${column}`)} + ${sql.ref(`excluded.${column}`)}`.compile(
        database,
      ),
  );

const addToMonth = {
  credits: addTo("paid_in_month", "credits"),
  microDollars: addTo("money_in_month", "micro_dollars"),
};

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
  if (credits > 0) await addToMonth.credits(transaction, { team, run, fromMs, paid: credits });
  if (microDollars > 0) {
    await addToMonth.microDollars(transaction, { team, run, fromMs, paid: microDollars });
  }
}
