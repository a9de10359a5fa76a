import type { Kysely, Transaction as KyselyTransaction } from "kysely";
import type { Schema } from "./schema.ts";

/** The relay's tables. */
export type Database = Kysely<Schema>;
/** The relay's tables within one commit. */
export type Transaction = KyselyTransaction<Schema>;
