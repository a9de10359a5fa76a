/** The few words in which the databases differ when tables are made. */
export interface SqlFlavour {
  /** A whole number as large as JavaScript keeps exactly: money, times, counts. */
  readonly integer: string;
  /** What stands behind a table's columns so that every column is held to its type. */
  readonly tableEnd: string;
  /** The moment at which the month (UTC) of a moment began, both in milliseconds since 1970. */
  readonly monthOf: (column: string) => string;
  /** Statements after which rows of a table can be added, never changed or taken away. */
  readonly refuseRewrites: (table: string) => readonly string[];
  /** A table of one column "value" for the end of FROM: every text under the name "hash" in a JSON column. */
  readonly hashesIn: (column: string) => string;
}

/** SQLite: STRICT, or a column takes any value whatever its type says. */
export const sqliteFlavour: SqlFlavour = {
  integer: "INTEGER",
  tableEnd: "STRICT",
  monthOf: (column) =>
    `CAST(strftime('%s', ${column} / 1000, 'unixepoch', 'start of month') AS INTEGER) * 1000`,
  refuseRewrites: (table) =>
    (["UPDATE", "DELETE"] as const).map(
      (verb) =>
        `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
         BEGIN SELECT RAISE(ABORT, 'the rows of ${table} are never rewritten'); END`,
    ),
  hashesIn: (column) => `json_tree(${column}) AS found ON found.key = 'hash'`,
};

/** PostgreSQL: its integers end at 2^31, and a rule of a table is a function with a trigger. */
export const postgresFlavour: SqlFlavour = {
  integer: "BIGINT",
  tableEnd: "",
  monthOf: (column) =>
    `CAST(extract(epoch FROM date_trunc('month', to_timestamp(${column} / 1000), 'UTC')) AS BIGINT) * 1000`,
  refuseRewrites: (table) => [
    `CREATE FUNCTION ${table}_is_kept() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'the rows of ${table} are never rewritten'; END $$`,
    `CREATE TRIGGER ${table}_no_rewrite BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
     FOR EACH STATEMENT EXECUTE FUNCTION ${table}_is_kept()`,
  ],
  hashesIn: (column) =>
    `LATERAL (SELECT hash #>> '{}' AS value
       FROM jsonb_path_query(${column}::jsonb, '$.**.hash') AS hash) AS found ON TRUE`,
};
