import type { Database, Transaction } from "./database.ts";

/** How long a webhook is remembered, so that it does nothing when it is sent again (reliability.md T22). */
const rememberMs = 7 * 24 * 60 * 60_000;

/** The secret under which the addresses for a team's webhooks are made; null for a team that is gone. */
export async function findHookSecret(database: Database, team: string): Promise<string | null> {
  const row = await database
    .selectFrom("hook_secret")
    .innerJoin("team", "team.id", "hook_secret.team")
    .select("hook_secret.secret")
    .where("hook_secret.team", "=", team)
    .executeTakeFirst();
  return row?.secret ?? null;
}

/** The secret of a team, made once: of many who ask at the same time all are given the same. */
export async function ensureHookSecret(
  transaction: Transaction,
  team: string,
  newSecret: () => string,
): Promise<string> {
  await transaction
    .insertInto("hook_secret")
    .values({ team, secret: newSecret() })
    .onConflict((conflict) => conflict.column("team").doNothing())
    .execute();
  const { secret } = await transaction
    .selectFrom("hook_secret")
    .select("secret")
    .where("team", "=", team)
    .executeTakeFirstOrThrow();
  return secret;
}

/** Remembers a webhook of a team by its hash for a week. False for one that came before. */
export async function noteHook(
  transaction: Transaction,
  team: string,
  hash: string,
  nowMs: number,
): Promise<boolean> {
  await transaction
    .deleteFrom("hook_seen")
    .where("team", "=", team)
    .where("at", "<", nowMs - rememberMs)
    .execute();
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto("hook_seen")
    .values({ team, hash, at: nowMs })
    .onConflict((conflict) => conflict.columns(["team", "hash"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
