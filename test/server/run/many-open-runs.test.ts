import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { Refusal } from "../../../server/refusal.ts";
import type { ProviderCall } from "../../../server/providers/provider.ts";
import { hostedRuns, mostHosted } from "../../../server/store/hosted-runs.ts";
import { openStore } from "../../../server/store/open-store.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
  type HarnessOptions,
} from "../../helpers/run-harness.ts";

const one = (text: string) =>
  buildGraph()
    .node("a", "assistant", { settings: { instruction: text } })
    .done();
const all = { mode: "all" } as const;
let harness: Harness;
let letAllGo: () => void;
afterEach(async () => {
  letAllGo();
  await harness.close();
});

/** Answers at once, but for what begins with "slow": that waits until the test ends. */
async function open(options: Partial<HarnessOptions> = {}) {
  const { promise, resolve } = Promise.withResolvers<void>();
  letAllGo = resolve;
  const provider = createFakeProvider({
    concurrency: 1_000,
    answer: async ({ request }: ProviderCall) => {
      if (request.task === "text" && request.instruction.startsWith("slow")) await promise;
      return { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] };
    },
  });
  harness = await openHarness({ providers: [provider], ...options });
  return provider;
}
const refusalOf = (pressed: Promise<unknown>) =>
  pressed.then(
    () => null,
    (error: unknown) => (error instanceof Refusal ? error : Promise.reject(error as Error)),
  );

describe("a team with much open", () => {
  test("T17: is refused a further run before anything is held, and its own press again is not", async () => {
    await open({ parts: { bounds: { runs: 2, calls: 100 } } });
    const first = await pressRun(harness.host, one("slow 1"), all, { key: "the-first-press" });
    await pressRun(harness.host, one("slow 2"), all, { file: "file-2" });
    const { held } = await balanceOf(harness.store.database, caller.team);
    const refusal = await refusalOf(pressRun(harness.host, one("slow 3"), all, { file: "file-3" }));
    expect([refusal?.code, refusal?.retryAfterS]).toEqual(["rate-limited", 10]);
    expect(refusal?.message).toMatch(/2 runs in progress.*Nothing was spent/);
    expect((await balanceOf(harness.store.database, caller.team)).held).toBe(held);
    const again = await pressRun(harness.host, one("slow 1"), all, { key: "the-first-press" });
    expect(again.id).toBe(first.id);
  });

  test("T17: is refused a run whose calls are too many with those that are open", async () => {
    await open({ parts: { bounds: { runs: 100, calls: 1 } } });
    await pressRun(harness.host, one("slow 1"), all);
    const refusal = await refusalOf(pressRun(harness.host, one("slow 2"), all, { file: "file-2" }));
    expect(refusal?.code).toBe("rate-limited");
  });

  test("takes on more once some have ended", async () => {
    await open({ parts: { bounds: { runs: 1, calls: 1 } } });
    for (const file of ["file-1", "file-2", "file-3"]) {
      const run = await pressRun(harness.host, one(`quick ${file}`), all, { file });
      expect((await waitForEnd(harness, run.id)).run.state).toBe("done");
    }
  });

  test("F60: one member's runs wait for their own alone, and are taken on as those end", async () => {
    await open();
    const slow: string[] = [];
    for (let at = 0; at < mostHosted + 2; at += 1) {
      const options = { member: "ana", file: `file-${at}` };
      slow.push((await pressRun(harness.host, one(`slow ${at}`), all, options)).id);
    }
    const quick = await pressRun(harness.host, one("quick"), all, { member: "bo", file: "bo" });
    expect((await waitForEnd(harness, quick.id)).run.state).toBe("done");
    const last = slow.at(-1)!;
    const rows = await harness.store.database
      .selectFrom("node_run")
      .select("state")
      .where("run", "=", last)
      .execute();
    expect(rows).toEqual([{ state: "waiting" }]);
    // One that has not begun is stopped at once, whatever it waits for.
    await harness.host.cancel(caller.team, slow.at(-2)!);
    expect((await waitForEnd(harness, slow.at(-2)!)).run.state).toBe("cancelled");
    letAllGo();
    expect((await waitForEnd(harness, last)).run.state).toBe("done");
  });
});

test("F60: a relay with ten thousand open runs takes on few of them at its start", async () => {
  await open();
  const base = await pressRun(harness.host, one("slow 0"), all, { member: "ana" });
  letAllGo();
  await waitForEnd(harness, base.id);
  const { folder } = harness;
  await harness.close(true);
  const store = await openStore({ folder, nowMs: Date.now });
  await store.transaction((transaction) =>
    sql`WITH RECURSIVE number (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM number WHERE at < 10000)
      INSERT INTO run (id, team, key, key_hash, member, file, graph, target, is_again, plan, quote,
        state, is_cancel_requested, credits, last_event, started_at, ended_at, session, calls)
      SELECT 'copy-' || at, team, 'key-' || at, 'hash-' || at, member, 'file-' || at, graph, target,
        is_again, plan, quote, 'running', 0, 0, 0, started_at + at, NULL, NULL, calls
      FROM run, number WHERE id = ${base.id}`.execute(transaction),
  );
  await store.close();
  await open({ folder });
  const { database } = harness.store;
  const begun = database.selectFrom("attempt").select("id").where("state", "=", "submitting");
  while ((await begun.execute()).length < mostHosted) {
    await new Promise((next) => setTimeout(next, 20));
  }
  const hosted = await hostedRuns(database);
  expect(hosted.map(({ run }) => run)).toEqual(
    Array.from({ length: mostHosted }, (_, at) => `copy-${at + 1}`),
  );
});
