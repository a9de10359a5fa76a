import type { Insertable } from "kysely";
import { planSchema, type Plan } from "#domain/plan";
import type { Database, Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";
import type { Schema } from "./schema.ts";

/** A price promised, with the identity of the request that it was promised for. */
export interface QuoteRow {
  readonly id: string;
  readonly member: string;
  readonly file: string;
  readonly requestHash: string;
  readonly plan: Plan;
  readonly credits: number;
  readonly microDollars: number;
  /** The start needs a second confirmation. */
  readonly isLarge: boolean;
  readonly expiresAtMs: number;
}

const insertQuote = prepare((database, row: Insertable<Schema["quote"]>) =>
  database.insertInto("quote").values(row).compile(),
);

const quoteById = prepare((database, { team, id }: { team: string; id: string }) =>
  database.selectFrom("quote").selectAll().where("team", "=", team).where("id", "=", id).compile(),
);

/** Remembers a promise. */
export async function saveQuote(
  transaction: Transaction,
  team: string,
  quote: QuoteRow,
): Promise<void> {
  await insertQuote(transaction, {
    id: quote.id,
    team,
    member: quote.member,
    file: quote.file,
    request_hash: quote.requestHash,
    plan: JSON.stringify(quote.plan),
    credits: quote.credits,
    micro_dollars: quote.microDollars,
    is_large: quote.isLarge ? 1 : 0,
    expires_at: quote.expiresAtMs,
  });
}

/** A promise of this team, or null. */
export async function findQuote(
  database: Database,
  team: string,
  id: string,
): Promise<QuoteRow | null> {
  const { rows } = await quoteById(database, { team, id });
  const [row] = rows;
  if (!row) return null;
  return {
    id: row.id,
    member: row.member,
    file: row.file,
    requestHash: row.request_hash,
    plan: planSchema.parse(JSON.parse(row.plan)),
    credits: row.credits,
    microDollars: row.micro_dollars,
    isLarge: row.is_large === 1,
    expiresAtMs: row.expires_at,
  };
}
