import type { Database, Transaction } from "./database.ts";

/** The secret under which a team's share links are made, or null for a team that never made one. */
export async function findShareSecret(database: Database, team: string): Promise<string | null> {
  const row = await database
    .selectFrom("share_secret")
    .select("secret")
    .where("team", "=", team)
    .executeTakeFirst();
  return row?.secret ?? null;
}

/** The secret of a team, made once: of many who ask at the same time all are given the same. */
export async function ensureShareSecret(
  transaction: Transaction,
  team: string,
  random: (bytes: number) => Uint8Array,
): Promise<string> {
  await transaction
    .insertInto("share_secret")
    .values({ team, secret: newSecret(random) })
    .onConflict((conflict) => conflict.column("team").doNothing())
    .execute();
  const { secret } = await transaction
    .selectFrom("share_secret")
    .select("secret")
    .where("team", "=", team)
    .executeTakeFirstOrThrow();
  return secret;
}

/** Gives a team a new secret: no link that was made under the one before opens any more. */
export async function replaceShareSecret(
  transaction: Transaction,
  team: string,
  random: (bytes: number) => Uint8Array,
): Promise<void> {
  const secret = newSecret(random);
  await transaction
    .insertInto("share_secret")
    .values({ team, secret })
    .onConflict((conflict) => conflict.column("team").doUpdateSet({ secret }))
    .execute();
}

function newSecret(random: (bytes: number) => Uint8Array): string {
  return Buffer.from(random(32)).toString("base64url");
}
