import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Capped } from "#domain/cap";
import type { Price } from "#domain/price";
import { listCaps, setCap } from "../../../server/store/caps.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { setConfirmAbove } from "../../../server/store/spending-settings.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import { createTestDatabase, hasPostgres } from "../../helpers/postgres.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";

const graphOf = (instruction: string) =>
  buildGraph().node("a", "assistant", { settings: { instruction } }).done();
const requestOf = (file: string, instruction = "hello") => ({
  file,
  graph: graphOf(instruction),
  target: { mode: "all" as const },
  isAgain: false,
});
const timeout = 60_000;
const fiveCredits: Price = { kind: "fixed", credits: 5 };
const fiveMicroDollars: Price = { kind: "money", microDollars: 5 };
const starts = 200;
const isPostgresHere = await hasPostgres();

let relays: Harness[] = [];
let folder: string;
let dropDatabase = () => Promise.resolve();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-caps-"));
});
afterEach(async () => {
  for (const relay of relays) await relay.close(true);
  relays = [];
  await dropDatabase();
  dropDatabase = () => Promise.resolve();
  await rm(folder, { recursive: true, force: true });
});

async function open(processes = 1, price: Price = fiveCredits): Promise<Harness> {
  const shared = { providers: [createFakeProvider({ price })], folder, credits: 5_000 };
  if (processes === 1) relays = [await openHarness(shared)];
  else {
    const database = await createTestDatabase();
    const databaseUrl = database.url;
    dropDatabase = () => database.drop();
    relays = await Promise.all(
      Array.from({ length: processes }, () => openHarness({ ...shared, databaseUrl })),
    );
  }
  return relays[0]!;
}
const cap = ({ store }: Harness, capped: Capped, credits: number) =>
  store.transaction((transaction) => setCap(transaction, caller.team, capped, credits));
const balance = ({ store }: Harness) => balanceOf(store.database, caller.team);

describe.each([
  ["one relay on SQLite", 1, true],
  ["two relays on PostgreSQL", 2, isPostgresHere],
] as const)("many starts at once under a cap, of %s", (_name, processes, isHere) => {
  const capped: readonly Capped[] = [
    { kind: "team", name: "", unit: "credits" },
    { kind: "member", name: caller.member, unit: "credits" },
    { kind: "file", name: "file-1", unit: "credits" },
  ];
  const inDollars = capped.map((one) => ({ ...one, unit: "microDollars" as const }));
  test.skipIf(!isHere).each([...capped, ...inDollars])(
    "of 52 $unit a $kind: ten runs of five",
    { timeout },
    async (one) => {
      const isInCredits = one.unit === "credits";
      const first = await open(processes, isInCredits ? fiveCredits : fiveMicroDollars);
      const asked = await Promise.all(
        Array.from({ length: starts }, async (_, at) => {
          const relay = relays[at % processes]!;
          const request = requestOf("file-1", `say ${at}`);
          return { relay, request, quote: await relay.host.quote(caller, request) };
        }),
      );
      await cap(first, one, 52);
      const runs = await Promise.allSettled(
        asked.map(({ relay, request, quote }, at) =>
          relay.host.startRun(caller, `press-${at}-of-many`, { ...request, quote: quote.id }),
        ),
      );
      const started = runs.flatMap((run) => (run.status === "fulfilled" ? [run.value] : []));
      const refused = runs.flatMap((run) =>
        run.status === "rejected" ? [run.reason as unknown] : [],
      );
      expect(started).toHaveLength(10);
      for (const reason of refused) expect(reason).toMatchObject({ code: "cap-reached" });
      for (const run of started) await waitForEnd(first, run.id);
      const spent = isInCredits ? 50 : 0;
      expect(await balance(first)).toEqual({ available: 5_000 - spent, held: 0, spent });
      const [after] = await listCaps(first.store.database, caller.team, Date.now());
      expect(after).toEqual({ ...one, most: 52, used: 50 });
      expect(await checkLedger(first.store.database)).toEqual([]);
    },
  );
});

describe("a cap", () => {
  test("is told by the quote, with the plan, before anybody presses", async () => {
    const relay = await open();
    await cap(relay, { kind: "member", name: caller.member, unit: "credits" }, 4);
    const quote = await relay.host.quote(caller, requestOf("file-1"));
    expect(quote.plan.steps).toHaveLength(1);
    expect(quote.issues).toMatchObject([{ code: "limit", nodeId: null }]);
    expect(quote.issues[0]?.message).toMatch(/"ana" may spend 4 credits a month, and 4 are left/);
  });

  test("refuses a start with nothing held, another member's does not, and what is paid stays counted", async () => {
    const relay = await open();
    await cap(relay, { kind: "member", name: caller.member, unit: "credits" }, 9);
    await cap(relay, { kind: "member", name: "ben", unit: "credits" }, 5);
    const run = await pressRun(relay.host, graphOf("one"), { mode: "all" });
    await waitForEnd(relay, run.id);
    const request = requestOf("file-1", "two");
    const quote = await relay.host.quote(caller, request);
    const start = relay.host.startRun(caller, "press-two-2", { ...request, quote: quote.id });
    await expect(start).rejects.toThrow(
      /4 are left in .+ This run may cost 5\..+Nothing was spent/,
    );
    expect(await balance(relay)).toEqual({ available: 4_995, held: 0, spent: 5 });
    const ben = { ...caller, member: "ben" };
    const his = await relay.host.quote(ben, request);
    const started = await relay.host.startRun(ben, "press-ben-1", { ...request, quote: his.id });
    expect((await waitForEnd(relay, started.id)).run.state).toBe("done");
  });
});

describe("a price that is large for the team", () => {
  async function openLarge() {
    const relay = await open();
    await relay.store.transaction((transaction) => setConfirmAbove(transaction, caller.team, 4));
    const request = requestOf("file-1");
    const quote = await relay.host.quote(caller, request);
    const start = (isConfirmed?: boolean) =>
      relay.host.startRun(caller, "press-large-1", { ...request, quote: quote.id, isConfirmed });
    return { relay, quote, start };
  }

  test("starts only when it was confirmed a second time, and holds nothing until then", async () => {
    const { relay, quote, start } = await openLarge();
    expect(quote).toMatchObject({ isLarge: true, credits: 5, issues: [] });
    for (const word of [undefined, false]) {
      await expect(start(word)).rejects.toMatchObject({ code: "confirmation-missing" });
      expect(await balance(relay)).toEqual({ available: 5_000, held: 0, spent: 0 });
    }
    const run = await start(true);
    expect((await waitForEnd(relay, run.id)).run.credits).toBe(5);
  });

  test("is what its quote said, whatever the team chose since", async () => {
    const { relay, start } = await openLarge();
    await relay.store.transaction((tx) => setConfirmAbove(tx, caller.team, 1_000));
    await expect(start()).rejects.toMatchObject({ code: "confirmation-missing" });
    const request = requestOf("file-2");
    const quote = await relay.host.quote(caller, request);
    expect(quote.isLarge).toBe(false);
    await relay.store.transaction((tx) => setConfirmAbove(tx, caller.team, 0));
    const small = { ...request, quote: quote.id };
    const run = await relay.host.startRun(caller, "press-small-1", small);
    expect((await waitForEnd(relay, run.id)).run.state).toBe("done");
  });
});
