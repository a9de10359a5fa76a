import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { relayErrorSchema } from "#domain/relay-error";
import { hook } from "../../../server/routes/hooks.ts";
import { hookPathOf } from "../../../server/run/hook-address.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { balanceOf } from "../../../server/store/ledger.ts";
import { ensureTeam } from "../../../server/store/members.ts";
import { VirtualClock } from "../../chaos/virtual-clock.ts";
import { readAllRows } from "../../contract/store/rows.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeApp, usualHost } from "../../helpers/fake-app.ts";
import { goOnUntil } from "../../helpers/go-on-until.ts";
import {
  createHookProvider,
  signHook,
  signText,
  type HookProvider,
  type SentHook,
} from "../../helpers/hook-provider.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";

const graph = buildGraph()
  .node("a", "assistant", { model: "fake:text", settings: { instruction: "a" } })
  .done();

let clock: VirtualClock;
let provider: HookProvider;
let harness: Harness;
let app: ReturnType<typeof createFakeApp>["app"];

beforeEach(async () => {
  clock = new VirtualClock();
  provider = createHookProvider();
  harness = await openHarness({
    providers: [provider, createHookProvider("other")],
    parts: { clock },
  });
  ({ app } = createFakeApp({ hook: hook(harness.parts) }));
});
afterEach(() => harness.close());

/** A press of Run whose call the provider has; nothing goes on by itself, as the clock stands still. */
async function pressAndSubmit() {
  const { id } = await pressRun(harness.host, graph, { mode: "all" });
  await until(() => provider.calls.length > 0);
  const { reference, hookPath } = provider.calls[0]!;
  return { id, reference, path: hookPath! };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

const newsOf = (reference: string) => ({ reference, job: `job of ${reference}` });
const sign = (reference: string, changes: { id?: string; atMs?: number; secret?: string } = {}) =>
  signHook(newsOf(reference), { atMs: clock.nowMs(), ...changes });

const send = (path: string, { body, headers }: SentHook) =>
  Promise.resolve(
    app.request(path, { method: "POST", body, headers: { host: usualHost, ...headers } }),
  );

async function endOf(id: string) {
  return goOnUntil(waitForEnd(harness, id), () => void clock.ringNext());
}

async function expectPaidOnce(id: string): Promise<void> {
  const { run, events } = await endOf(id);
  expect(run.state).toBe("done");
  expect(events.filter(({ event }) => event.type === "node-end")).toHaveLength(1);
  expect(provider.calls).toHaveLength(1);
  expect(await balanceOf(harness.store.database, caller.team)).toMatchObject({ held: 0, spent: 5 });
  expect(await checkLedger(harness.store.database)).toEqual([]);
}

async function expectNothing(path: string, sent: SentHook, host = usualHost): Promise<void> {
  const before = await readAllRows(harness.store.database);
  const polls = provider.polls.length;
  const response = await send(path, sent);
  const unknown = await app.request("/v1/nothing", { method: "POST", headers: { host } });
  expect([response.status, await response.text()]).toEqual([404, await unknown.text()]);
  expect(await readAllRows(harness.store.database)).toEqual(before);
  expect(provider.polls).toHaveLength(polls);
}

describe("F22: a webhook that never comes", () => {
  test("is not missed: whoever polls finishes the job, ever more seldom", async () => {
    const { id } = await pressAndSubmit();
    await until(() => provider.polls.length > 0);
    provider.isDone = true;
    await expectPaidOnce(id);
  });
});

describe("F23: a webhook that comes a hundred times", () => {
  test("is answered with 200 each time, and asked about once", async () => {
    const { id, reference, path } = await pressAndSubmit();
    await until(() => provider.polls.length === 1);
    for (let times = 0; times < 100; times += 1) {
      expect((await send(path, sign(reference))).status).toBe(200);
    }
    await until(() => provider.polls.length >= 2);
    expect(provider.polls).toHaveLength(2);
    provider.isDone = true;
    await send(path, sign(reference, { id: "hook-2" }));
    await expectPaidOnce(id);
    expect(provider.polls).toHaveLength(3);
  });

  test("at the same moment, too", async () => {
    provider.isAnswerLost = true;
    const { id, reference, path } = await pressAndSubmit();
    provider.isDone = true;
    const all = Array.from({ length: 100 }, () => send(path, sign(reference)));
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    await expectPaidOnce(id);
  });
});

describe("F24: a webhook out of order", () => {
  test("before the job's id was saved brings the id", async () => {
    provider.isAnswerLost = true;
    const { id, reference, path } = await pressAndSubmit();
    provider.isDone = true;
    expect((await send(path, sign(reference))).status).toBe(200);
    await expectPaidOnce(id);
    expect(provider.polls).toEqual([`job of ${reference}`]);
  });

  test("that says done before the job is, and a price, is not believed", async () => {
    const { id, reference, path } = await pressAndSubmit();
    await until(() => provider.polls.length === 1);
    const claim = { ...newsOf(reference), status: "done", text: "Buy me", credits: 1_000_000 };
    expect((await send(path, signHook(claim, { atMs: clock.nowMs() }))).status).toBe(200);
    await until(() => provider.polls.length === 2);
    const { held, spent } = await balanceOf(harness.store.database, caller.team);
    expect([held, spent]).toEqual([5, 0]);
    provider.isDone = true;
    await expectPaidOnce(id);
  });

  test("after the end is noted in the log and changes nothing", async () => {
    const { id, reference, path } = await pressAndSubmit();
    provider.isDone = true;
    await expectPaidOnce(id);
    const before = await readAllRows(harness.store.database);
    expect((await send(path, sign(reference))).status).toBe(200);
    expect(harness.warnings).toContain("hook-late");
    const after = await readAllRows(harness.store.database);
    expect({ ...after, hook_seen: [] }).toEqual({ ...before, hook_seen: [] });
  });

  test("after the deadline passed does not bring a refunded call back", async () => {
    provider.isAnswerLost = true;
    const { id, reference, path } = await pressAndSubmit();
    const { run } = await endOf(id);
    expect(run.state).toBe("failed");
    provider.isDone = true;
    expect((await send(path, sign(reference))).status).toBe(200);
    const balance = await balanceOf(harness.store.database, caller.team);
    expect(balance).toMatchObject({ held: 0, spent: 0 });
    expect(provider.polls).toEqual([]);
  });
});

describe("F25: a webhook to an address that is not ours (any more)", () => {
  test("hears what an unknown route does, and nothing is asked or kept", async () => {
    const { id, reference, path } = await pressAndSubmit();
    const genuine = sign(reference);
    const [base, secret] = [path.slice(0, path.lastIndexOf("/")), path.split("/").at(-1)!];
    const ofNobody = { provider: "fake", team: caller.team, reference: "nobody" };
    const paths = {
      "another provider": path.replace("/fake/", "/other/"),
      "no provider": path.replace("/fake/", "/missing/"),
      "a provider without webhooks": path.replace("/fake/", "/local/"),
      "no secret": `${base}/a`,
      "a shortened one": path.slice(0, -1),
      "one with another first letter": `${base}/${secret.startsWith("A") ? "B" : "A"}${secret.slice(1)}`,
      "one of another form": `${path}=`,
      "one that says another team": `${base}/${forTeam(secret, "other-team")}`,
    };
    for (const each of Object.values(paths)) await expectNothing(each, genuine);
    const unknown = await hookPathOf(harness.parts, ofNobody);
    await expectNothing(unknown, sign(reference));
    provider.isDone = true;
    await expectPaidOnce(id);
  });

  test("of a team that was deleted the same", async () => {
    const { id, reference, path } = await pressAndSubmit();
    provider.isDone = true;
    await expectPaidOnce(id);
    const { database } = harness.store;
    await database.deleteFrom("team").where("id", "=", caller.team).execute();
    await expectNothing(path, sign(reference));
  });

  test("of another team's call does nothing for either", async () => {
    provider.isAnswerLost = true;
    const { id, reference, path } = await pressAndSubmit();
    await harness.store.transaction((transaction) => ensureTeam(transaction, "blue", () => "b"));
    const blue = { provider: "fake", team: "blue", reference: "reference-of-blue" };
    await expectNothing(await hookPathOf(harness.parts, blue), sign(reference));
    await expectNothing(path, sign(blue.reference));
    provider.isDone = true;
    await send(path, sign(reference));
    await expectPaidOnce(id);
  });
});

describe("T22: a webhook whose signature does not hold", () => {
  const minuteMs = 60_000;
  const secret = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
  const forged: Record<string, (reference: string) => SentHook> = {
    "of another secret": (reference) => sign(reference, { secret }),
    "that is missing": (reference) => ({ ...sign(reference), headers: {} }),
    "that is empty": (reference) => withSignature(sign(reference), ""),
    "of another version": (reference) =>
      withSignature(
        sign(reference),
        sign(reference).headers["webhook-signature"]!.replace("v1", "v2"),
      ),
    "over another id": (reference) => {
      const sent = sign(reference);
      return { ...sent, headers: { ...sent.headers, "webhook-id": "hook-9" } };
    },
    "over a body with one byte changed": (reference) => {
      const sent = sign(reference);
      return { ...sent, body: sent.body.replace("job of", "job on") };
    },
    "over a body with a blank more": (reference) => {
      const sent = sign(reference);
      return { ...sent, body: `${sent.body} ` };
    },
    "that is older than five minutes": (reference) =>
      sign(reference, { atMs: clock.nowMs() - 5 * minuteMs - 1_000 }),
    "from more than five minutes ahead": (reference) =>
      sign(reference, { atMs: clock.nowMs() + 5 * minuteMs + 1_000 }),
    "over what its adapter does not expect": () => signText("no JSON", { atMs: clock.nowMs() }),
    "over something else than a call": () => signHook({ hello: 1 }, { atMs: clock.nowMs() }),
  };

  test.each(Object.entries(forged))("%s is refused and does nothing", async (_what, forge) => {
    provider.isAnswerLost = true;
    const { id, reference, path } = await pressAndSubmit();
    await expectNothing(path, forge(reference));
    expect(harness.warnings).toContain("hook-refused");
    provider.isDone = true;
    expect((await send(path, sign(reference))).status).toBe(200);
    await expectPaidOnce(id);
  });

  test("is not looked for in more than 256 kB, nor behind a foreign path", async () => {
    const { id, reference, path } = await pressAndSubmit();
    const large = { ...sign(reference), body: "x".repeat(256 * 1024 + 1) };
    const answer = relayErrorSchema.parse(await (await send(path, large)).json());
    expect(answer.error.code).toBe("too-large");
    expect((await send("/v1/hooks/fake/a", large)).status).toBe(404);
    const headers = { ...large.headers, "content-length": String(large.body.length) };
    expect((await send("/v1/hooks/fake/a", { ...large, headers })).status).toBe(413);
    provider.isDone = true;
    await expectPaidOnce(id);
  });
});

function withSignature(sent: SentHook, signature: string): SentHook {
  return { ...sent, headers: { ...sent.headers, "webhook-signature": signature } };
}

/** The same proof before a text that names another team. */
function forTeam(secret: string, team: string): string {
  const bytes = Buffer.from(secret, "base64url");
  const [provider, , reference] = z
    .array(z.string())
    .parse(JSON.parse(bytes.subarray(32).toString("utf8")));
  const text = JSON.stringify([provider, team, reference]);
  return Buffer.concat([bytes.subarray(0, 32), Buffer.from(text)]).toString("base64url");
}
