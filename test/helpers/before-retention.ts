import { sql } from "kysely";
import type { Migration } from "../../server/store/migrations.ts";
import type { Store } from "../../server/store/open-store.ts";
import { newAsset, nowMs } from "../contract/store/rows.ts";

/** The changes of the tables that came before one. */
export function migrationsBefore(name: string, all: readonly Migration[]): Migration[] {
  const names = all.map((each) => each.name);
  return all.slice(0, names.indexOf(name));
}

/**
 * Fills a store of before the sweep: a result with what it was made of, an open run, and a file that
 * nothing needs. Answers what has to be needed by whom afterwards.
 */
export async function furnishBeforeRetention(store: Store): Promise<string[]> {
  const assets = ["made", "input", "open", "unused"].map(newAsset);
  const [made, input, opened] = assets.map(({ hash }) => hash);
  const graphOf = (hash: string | undefined) => JSON.stringify({ nodes: [{ settings: { hash } }] });
  const version = JSON.stringify({ items: [{ kind: "asset", asset: { hash: made } }] });
  await store.transaction(async (transaction) => {
    for (const { hash } of assets) {
      await sql`INSERT INTO asset (team, hash, media_type, bytes, created_at)
        VALUES ('red', ${hash}, 'image/png', 5, ${nowMs})`.execute(transaction);
    }
    for (const [id, state, graph] of [
      ["run-1", "done", graphOf(input)],
      ["run-2", "running", graphOf(opened)],
    ] as const) {
      await sql`INSERT INTO run (id, team, key, key_hash, member, file, graph, target, is_again, plan,
          quote, state, is_cancel_requested, credits, last_event, started_at)
        VALUES (${id}, 'red', ${id}, ${id}, 'ana', 'file-1', ${graph}, '{}', 0, '{}', 'quote-1',
          ${state}, 0, 5, 4, ${nowMs})`.execute(transaction);
    }
    await sql`INSERT INTO version (id, team, file, node, run, fingerprint, version, created_at, place)
      VALUES ('version-1', 'red', 'file-1', '1:2', 'run-1', '', ${version}, ${nowMs}, 1)`.execute(
      transaction,
    );
  });
  return [`run-2 ${opened}`, `version-1 ${input}`, `version-1 ${made}`].sort();
}

/** What is needed by whom. */
export async function referencesIn({ database }: Store): Promise<string[]> {
  const rows = await database.selectFrom("asset_reference").select(["hash", "owner"]).execute();
  return rows.map(({ hash, owner }) => `${owner} ${hash}`).sort();
}
