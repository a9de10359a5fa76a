import type { CapUnit } from "#domain/cap";
import type { Cost } from "#domain/cost";
import type { Database, Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";

/** The price above which a team is asked twice, unless it chose another. */
const usualConfirmAbove: Cost = { credits: 500, microDollars: 5_000_000 };

const settingOf = prepare((database, { team }: { team: string }) =>
  database
    .selectFrom("spending_setting")
    .select(["confirm_above", "confirm_above_micro_dollars"])
    .where("team", "=", team)
    .compile(),
);

/** The price above which, in credits or in dollars, a run of this team needs a second confirmation. */
export async function confirmAbove(database: Database, team: string): Promise<Cost> {
  const { rows } = await settingOf(database, { team });
  const [row] = rows;
  if (!row) return usualConfirmAbove;
  return { credits: row.confirm_above, microDollars: row.confirm_above_micro_dollars };
}

/** Chooses the price above which a run of this team needs a second confirmation. */
export async function setConfirmAbove(
  transaction: Transaction,
  team: string,
  most: number,
  unit: CapUnit = "credits",
): Promise<void> {
  const { credits, microDollars }: Cost = { ...usualConfirmAbove, [unit]: most };
  await transaction
    .insertInto("spending_setting")
    .values({ team, confirm_above: credits, confirm_above_micro_dollars: microDollars })
    .onConflict((conflict) =>
      conflict
        .column("team")
        .doUpdateSet(
          unit === "credits"
            ? { confirm_above: credits }
            : { confirm_above_micro_dollars: microDollars },
        ),
    )
    .execute();
}
