import { sql } from "kysely";
import { expect, test } from "vitest";
import { findAsset, saveAsset } from "../../../server/store/asset-index.ts";
import { listCaps, setCap } from "../../../server/store/caps.ts";
import { createMigrations } from "../../../server/store/migrations.ts";
import { findQuote } from "../../../server/store/quotes.ts";
import { confirmAbove } from "../../../server/store/spending-settings.ts";
import { getRun } from "../../../server/store/runs.ts";
import { sqliteFlavour } from "../../../server/store/sql-flavour.ts";
import { newestPlacement } from "../../../server/store/placements.ts";
import { saveVersion, versionsById } from "../../../server/store/versions.ts";
import {
  furnishBeforeRetention,
  migrationsBefore,
  referencesIn,
} from "../../helpers/before-retention.ts";
import { graph, newAsset, newCredit, newVersion, nowMs, plan } from "../../contract/store/rows.ts";
import { useDataFolder } from "./data-folder.ts";

const { open, close } = useDataFolder();

test("a store from before placements keeps its runs and results; nothing of them waits", async () => {
  const first = createMigrations(sqliteFlavour).slice(0, 1);
  const before = await open({ migrations: first });
  const json = JSON.stringify;
  await before.transaction(async (transaction) => {
    await sql`INSERT INTO run (id, team, key, key_hash, member, file, graph, target, is_again, plan,
        quote, state, is_cancel_requested, credits, last_event, started_at, ended_at)
      VALUES ('run-1', 'red', 'key-1', 'hash', 'ana', 'file-1', ${json(graph)},
        ${json({ mode: "all" })}, 0, ${json(plan)}, 'quote-1', 'done', 0, 5, 4, ${nowMs},
        ${nowMs})`.execute(transaction);
    await saveVersion(transaction, "red", "file-1", newVersion("version-1"));
  });
  await close(before);
  const { database } = await open();
  expect(await getRun(database, "red", "run-1")).toMatchObject({ member: "ana", session: null });
  const versions = await versionsById(database, "red", ["version-1"]);
  expect(versions.get("version-1")).toEqual(newVersion("version-1"));
  expect(await newestPlacement(database, "red", "version-1", 0)).toBeNull();
});

test("what was kept before the sweep was there is needed by its results and by open runs", async () => {
  const migrations = createMigrations(sqliteFlavour);
  const before = await open({ migrations: migrationsBefore("6-retention", migrations) });
  const expected = await furnishBeforeRetention(before);
  await close(before);
  expect(await referencesIn(await open())).toEqual(expected);
});

test("a store from before caps has none, and its quotes are not large", async () => {
  const migrations = createMigrations(sqliteFlavour);
  const before = await open({ migrations: migrationsBefore("4-spending", migrations) });
  await sql`INSERT INTO quote VALUES ('quote-1', 'red', 'ana', 'file-1', 'hash',
    ${JSON.stringify(plan)}, 900, ${nowMs})`.execute(before.database);
  const json = JSON.stringify;
  await sql`INSERT INTO run (id, team, key, key_hash, member, file, graph, target, is_again, plan, quote,
      state, is_cancel_requested, credits, last_event, started_at)
    VALUES ('run-1', 'red', 'key-1', 'hash', 'ana', 'file-1', ${json(graph)}, ${json({ mode: "all" })}, 0,
      ${json(plan)}, 'quote-1', 'done', 0, 5, 4, ${nowMs})`.execute(before.database);
  await sql`INSERT INTO transfer VALUES
    ('hold-1', 'red', 'hold', NULL, 'run-1', '1:2', 0, NULL, 9, ${nowMs}),
    ('hold-1-end', 'red', 'post', 'hold-1', 'run-1', '1:2', 0, NULL, 5, ${nowMs})`.execute(
    before.database,
  );
  await close(before);
  const { database, transaction } = await open();
  await transaction((tx) => setCap(tx, "red", { kind: "team", name: "", unit: "credits" }, 50));
  expect(await listCaps(database, "red", nowMs)).toMatchObject([{ used: 5 }]);
  await transaction((tx) => setCap(tx, "red", { kind: "team", name: "", unit: "credits" }, null));
  expect(await findQuote(database, "red", "quote-1")).toMatchObject({
    credits: 900,
    isLarge: false,
  });
  expect(await listCaps(database, "red", nowMs)).toEqual([]);
  expect(await confirmAbove(database, "red")).toEqual({ credits: 500, microDollars: 5_000_000 });
});

test("a store from before dollars keeps its caps, in credits, and what was paid", async () => {
  const migrations = createMigrations(sqliteFlavour);
  const before = await open({ migrations: migrationsBefore("9-money", migrations) });
  await sql`INSERT INTO spend_cap VALUES ('red', 'member', 'ana', 40), ('red', 'team', '', 500)`.execute(
    before.database,
  );
  await sql`INSERT INTO spending_setting VALUES ('red', 70)`.execute(before.database);
  await close(before);
  const { database } = await open();
  expect(await listCaps(database, "red", nowMs)).toEqual([
    { kind: "team", name: "", unit: "credits", most: 500, used: 0 },
    { kind: "member", name: "ana", unit: "credits", most: 40, used: 0 },
  ]);
  const above = await confirmAbove(database, "red");
  expect(above).toEqual({ credits: 70, microDollars: 5_000_000 });
});

test("a store from before credits keeps its assets, and a picture can be given its credit", async () => {
  const migrations = createMigrations(sqliteFlavour);
  const before = await open({ migrations: migrationsBefore("11-credits", migrations) });
  const asset = newAsset("cat");
  await sql`INSERT INTO asset (team, hash, media_type, bytes, width_px, height_px, created_at)
    VALUES ('red', ${asset.hash}, 'image/png', 12, 3, 4, ${nowMs})`.execute(before.database);
  await close(before);
  const opened = await open();
  expect(await findAsset(opened.database, "red", asset.hash)).toEqual(asset);
  const credited = { ...asset, credit: newCredit };
  await opened.transaction((transaction) => saveAsset(transaction, "red", credited, nowMs));
  await close(opened);
  expect(await findAsset((await open()).database, "red", asset.hash)).toEqual(credited);
});
