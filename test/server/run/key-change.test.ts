import { afterEach, describe, expect, test } from "vitest";
import type { Graph } from "#domain/graph";
import { failpoints, type Failpoint } from "../../../server/failpoint.ts";
import type { HeldKey, KeyRing } from "../../../server/keys/key-ring.ts";
import type { ProviderKey } from "../../../server/providers/provider-key.ts";
import type { Provider } from "../../../server/providers/provider.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import { quickClock } from "../../helpers/quick-clock.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";

const key: ProviderKey = {
  variables: ["FAKE_KEY"],
  origins: ["https://fake.example"],
  header: "authorization",
  prefix: "Bearer ",
  free: { path: "/" },
};
const graph: Graph = {
  nodes: [
    {
      id: "a",
      type: "assistant",
      title: "A",
      model: "fake:text",
      settings: { instruction: "a" },
      isLocked: false,
    },
  ],
  connections: [],
};

let harness: Harness;
afterEach(() => harness.close());

/** Keys in memory: a change brings version 2, a removal takes all. */
function changingKeys() {
  const versions = new Map<string, HeldKey>([["1", { version: "1", reveal: () => "one" }]]);
  let newest: string | null = "1";
  const ring: KeyRing = {
    providersWithKey: () => Promise.resolve(new Set(newest === null ? [] : ["fake"])),
    newest: () => Promise.resolve(newest === null ? null : (versions.get(newest) ?? null)),
    versioned: (_team, _provider, version) => Promise.resolve(versions.get(version) ?? null),
  };
  return {
    ring,
    change: () => {
      versions.set("2", { version: "2", reveal: () => "two" });
      newest = "2";
    },
    remove: () => {
      versions.clear();
      newest = null;
    },
  };
}

/** A provider of jobs that notes which key each request came with. */
function keyedProvider() {
  const fake = createFakeProvider({ pollsUntilDone: 2 });
  const used: { readonly what: "submit" | "poll"; readonly key: string | undefined }[] = [];
  const provider: Provider = {
    ...fake,
    key,
    submit: (call) => {
      used.push({ what: "submit", key: call.key?.reveal() });
      return fake.submit(call);
    },
    poll: (handle, using) => {
      used.push({ what: "poll", key: using.key?.reveal() });
      return fake.poll!(handle, using);
    },
  };
  return { provider, used, submits: fake.submits };
}

async function runWith(at: Failpoint | null, happen: "change" | "remove") {
  const keys = changingKeys();
  const { provider, used, submits } = keyedProvider();
  let isOver = false;
  const reach = (point: Failpoint) => {
    if (point === at && !isOver) {
      isOver = true;
      keys[happen]();
    }
    return Promise.resolve();
  };
  const { clock } = quickClock();
  harness = await openHarness({
    providers: [provider],
    parts: { keyRing: keys.ring, reach, clock },
  });
  if (at === null) keys[happen]();
  const started = await pressRun(harness.host, graph, { mode: "all" });
  const { run } = await waitForEnd(harness, started.id);
  const balance = await balanceOf(harness.store.database, caller.team);
  expect(await checkLedger(harness.store.database)).toEqual([]);
  return { run, used, submits, balance };
}

describe.each(failpoints.map((point) => [point] as const))("F58: a key at %s", (point) => {
  test("is changed: what was begun goes on with the one that it began with, paid once", async () => {
    const { run, used, submits, balance } = await runWith(point, "change");
    expect([run.state, balance.held, balance.spent]).toEqual(["done", 0, 5]);
    expect(submits.size).toBe(1);
    expect(new Set(used.map((each) => each.key)).size).toBe(1);
  });

  test("is removed: the run ends, and nobody pays for what did not come", async () => {
    const { run, used, balance } = await runWith(point, "remove");
    const isPaid = run.state === "done";
    expect([balance.held, balance.spent]).toEqual([0, isPaid ? 5 : 0]);
    if (!isPaid) expect(run.steps["a"]?.failure).toMatchObject({ code: "key-missing" });
    for (const each of used) expect(each.key).toBe("one");
  });
});

test("F58: a new submission takes the newest key", async () => {
  const { used } = await runWith(null, "change");
  expect(new Set(used.map((each) => each.key))).toEqual(new Set(["two"]));
});
