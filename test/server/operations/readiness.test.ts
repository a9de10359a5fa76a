import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Kysely } from "kysely";
import { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../../server/clock.ts";
import { createReadiness, type ReadinessParts } from "../../../server/readiness.ts";
import type { Database } from "../../../server/store/database.ts";
import { sqliteDialect } from "../../../server/store/sqlite-dialect.ts";

let database: Database;
let file: DatabaseSync;
beforeEach(() => {
  file = new DatabaseSync(":memory:");
  database = new Kysely({
    dialect: sqliteDialect(file, () => Promise.resolve()),
  });
});
afterEach(() => database.destroy().catch(() => undefined));

const staged = { hash: "", bytes: 1, file: "", keep: () => Promise.resolve() };
const goodBytes: ReadinessParts["bytes"] = {
  checkRoom: () => Promise.resolve(),
  stage: () => Promise.resolve({ ...staged, discard: () => Promise.resolve() }),
};
/** A clock whose waits are over at once where `isLate`, else never. */
const clockOf = (isLate: boolean): Clock => ({
  nowMs: () => 0,
  sleep: () =>
    isLate
      ? new Promise((resolve) => setImmediate(resolve))
      : Promise.withResolvers<void>().promise,
});

function readinessOf(changes: Partial<ReadinessParts> = {}) {
  return createReadiness({
    database,
    bytes: goodBytes,
    clock: clockOf(false),
    isEngineStarted: () => true,
    isStopping: () => false,
    ...changes,
  });
}

describe("readiness", () => {
  test("is there with every part", async () => {
    expect(await readinessOf().missing()).toEqual([]);
  });

  const never = new Promise<never>(() => undefined);
  const cases: [string, () => Partial<ReadinessParts>, string][] = [
    [
      "has no room",
      () => ({ bytes: { ...goodBytes, checkRoom: () => Promise.reject(new Error("full")) } }),
      "storage",
    ],
    [
      "cannot be written",
      () => ({ bytes: { ...goodBytes, stage: () => Promise.reject(new Error("EROFS")) } }),
      "storage",
    ],
    [
      "does not answer in time",
      () => ({ bytes: { ...goodBytes, checkRoom: () => never }, clock: clockOf(true) }),
      "storage",
    ],
    ["has no engine", () => ({ isEngineStarted: () => false }), "engine"],
    ["stops", () => ({ isStopping: () => true }), "process"],
  ];
  test.each(cases)("is missed by its name where it %s", async (_what, changes, part) => {
    expect(await readinessOf(changes()).missing()).toContain(part);
  });

  test("misses a store that is gone", async () => {
    file.close();
    expect(await readinessOf().missing()).toEqual(["store"]);
  });

  test("tries the storage once for all who ask at once", async () => {
    let tries = 0;
    const bytes = { ...goodBytes, checkRoom: () => Promise.resolve(void (tries += 1)) };
    const readiness = readinessOf({ bytes });
    await Promise.all(Array.from({ length: 9 }, () => readiness.missing()));
    expect(tries).toBe(1);
  });
});
