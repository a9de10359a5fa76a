import { sql } from "kysely";
import type { Cost } from "#domain/cost";
import type { Database } from "./database.ts";
import { prepare } from "./prepare.ts";
import { accountOf } from "./transfers.ts";

/** What a team has, what is reserved for its open runs, and what it has spent; whole credits. */
export interface Balance {
  readonly available: number;
  readonly held: number;
  readonly spent: number;
}

/** Credits reserved for one call of a node, and what it is expected to cost on the team's own account. */
export interface Hold {
  readonly id: string;
  readonly call: number;
  readonly credits: number;
  readonly microDollars: number;
}

const openHoldsOfNode = prepare(
  (database, { team, run, node }: { team: string; run: string; node: string }) =>
    database
      .selectFrom("transfer as held")
      .leftJoin("transfer as ending", "ending.hold", "held.id")
      .select(["held.id", "held.call", "held.credits", "held.micro_dollars"])
      .where("held.team", "=", team)
      .where("held.run", "=", run)
      .where("held.node", "=", node)
      .where("held.kind", "=", sql.lit("hold"))
      .where("ending.id", "is", null)
      .orderBy("held.call")
      .compile(),
);

/** The holds of a node that have not ended. */
export async function openHolds(
  database: Database,
  team: string,
  run: string,
  node: string,
): Promise<Hold[]> {
  const { rows } = await openHoldsOfNode(database, { team, run, node });
  return rows.map((row) => ({
    id: row.id,
    call: row.call ?? 0,
    credits: row.credits,
    microDollars: row.micro_dollars,
  }));
}

const sumOfEnds = prepare((database, { team, run }: { team: string; run: string }) =>
  database
    .selectFrom("transfer")
    .select(({ fn }) => fn.sum<number | string | null>("credits").as("credits"))
    .select(({ fn }) => fn.sum<number | string | null>("micro_dollars").as("micro_dollars"))
    .where("team", "=", team)
    .where("run", "=", run)
    .where("kind", "in", [sql.lit("post"), sql.lit("void")])
    .compile(),
);

/** What a run has cost so far. */
export async function spentInRun(database: Database, team: string, run: string): Promise<Cost> {
  const { rows } = await sumOfEnds(database, { team, run });
  const [row] = rows;
  return { credits: Number(row?.credits ?? 0), microDollars: Number(row?.micro_dollars ?? 0) };
}

const accountsByName = prepare((database, { names }: { names: readonly string[] }) =>
  database.selectFrom("account").selectAll().where("name", "in", names).compile(),
);

/** What a team can spend: one row, where {@link balanceOf} reads three. */
export async function availableTo(database: Database, team: string): Promise<number> {
  const { rows } = await accountsByName(database, { names: [accountOf("available", team)] });
  return rows[0]?.credits ?? 0;
}

/** What a team has. */
export async function balanceOf(database: Database, team: string): Promise<Balance> {
  const kinds = ["available", "held", "spent"] as const;
  const names = kinds.map((kind) => accountOf(kind, team));
  const { rows } = await accountsByName(database, { names });
  const credits = (kind: keyof Balance) =>
    rows.find((row) => row.name === accountOf(kind, team))?.credits ?? 0;
  return { available: credits("available"), held: credits("held"), spent: credits("spent") };
}
