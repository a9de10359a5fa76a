import type { Database, Transaction } from "./database.ts";

/** The price in credits above which a team is asked twice, unless it chose another. */
const usualConfirmAbove = 500;

/** The price in credits above which a run of this team needs a second confirmation. */
export async function confirmAbove(database: Database, team: string): Promise<number> {
  const row = await database
    .selectFrom("spending_setting")
    .select("confirm_above")
    .where("team", "=", team)
    .executeTakeFirst();
  return row?.confirm_above ?? usualConfirmAbove;
}

/** Chooses the price above which a run of this team needs a second confirmation. */
export async function setConfirmAbove(
  transaction: Transaction,
  team: string,
  credits: number,
): Promise<void> {
  const values = { confirm_above: credits };
  await transaction
    .insertInto("spending_setting")
    .values({ team, ...values })
    .onConflict((conflict) => conflict.column("team").doUpdateSet(values))
    .execute();
}
