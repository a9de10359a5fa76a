import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { hookPathOf } from "../../../server/run/hook-address.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { ensureTeam } from "../../../server/store/members.ts";
import { readAllRows } from "../../contract/store/rows.ts";
import { signHook } from "../../helpers/hook-provider.ts";
import { newsOf, openHookRelay, until, type HookRelay } from "../../helpers/hook-relay.ts";
import { caller } from "../../helpers/run-harness.ts";

let relay: HookRelay;
beforeEach(async () => {
  relay = await openHookRelay();
});
afterEach(() => relay.harness.close());

describe("F22: a webhook that never comes", () => {
  test("is not missed: whoever polls finishes the job, ever more seldom", async () => {
    const { id } = await relay.pressAndSubmit();
    await until(() => relay.provider.polls.length > 0);
    relay.provider.isDone = true;
    await relay.expectPaidOnce(id);
  });
});

describe("F23: a webhook that comes a hundred times", () => {
  test("is answered with 200 each time, and asked about once", async () => {
    const { id, reference, path } = await relay.pressAndSubmit();
    await until(() => relay.provider.polls.length === 1);
    for (let times = 0; times < 100; times += 1) {
      expect((await relay.send(path, relay.sign(reference))).status).toBe(200);
    }
    await until(() => relay.provider.polls.length >= 2);
    expect(relay.provider.polls).toHaveLength(2);
    relay.provider.isDone = true;
    await relay.send(path, relay.sign(reference, { id: "hook-2" }));
    await relay.expectPaidOnce(id);
    expect(relay.provider.polls).toHaveLength(3);
  });

  test("at the same moment, too", async () => {
    relay.provider.isAnswerLost = true;
    const { id, reference, path } = await relay.pressAndSubmit();
    relay.provider.isDone = true;
    const all = Array.from({ length: 100 }, () => relay.send(path, relay.sign(reference)));
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    await relay.expectPaidOnce(id);
  });
});

describe("F24: a webhook out of order", () => {
  test("before the job's id was saved brings the id", async () => {
    relay.provider.isAnswerLost = true;
    const { id, reference, path } = await relay.pressAndSubmit();
    relay.provider.isDone = true;
    expect((await relay.send(path, relay.sign(reference))).status).toBe(200);
    await relay.expectPaidOnce(id);
    expect(relay.provider.polls).toEqual([`job of ${reference}`]);
  });

  test("that says done before the job is, and a price, is not believed", async () => {
    const { id, reference, path } = await relay.pressAndSubmit();
    await until(() => relay.provider.polls.length === 1);
    const claim = { ...newsOf(reference), status: "done", text: "Buy me", credits: 1_000_000 };
    expect((await relay.send(path, signHook(claim, { atMs: relay.clock.nowMs() }))).status).toBe(
      200,
    );
    await until(() => relay.provider.polls.length === 2);
    const { held, spent } = await balanceOf(relay.harness.store.database, caller.team);
    expect([held, spent]).toEqual([5, 0]);
    relay.provider.isDone = true;
    await relay.expectPaidOnce(id);
  });

  test("after the end is noted in the log and changes nothing", async () => {
    const { id, reference, path } = await relay.pressAndSubmit();
    relay.provider.isDone = true;
    await relay.expectPaidOnce(id);
    const before = await readAllRows(relay.harness.store.database);
    expect((await relay.send(path, relay.sign(reference))).status).toBe(200);
    expect(relay.harness.warnings).toContain("hook-late");
    const after = await readAllRows(relay.harness.store.database);
    expect({ ...after, hook_seen: [] }).toEqual({ ...before, hook_seen: [] });
  });

  test("after the deadline passed does not bring a refunded call back", async () => {
    relay.provider.isAnswerLost = true;
    const { id, reference, path } = await relay.pressAndSubmit();
    const { run } = await relay.endOf(id);
    expect(run.state).toBe("failed");
    relay.provider.isDone = true;
    expect((await relay.send(path, relay.sign(reference))).status).toBe(200);
    const balance = await balanceOf(relay.harness.store.database, caller.team);
    expect(balance).toMatchObject({ held: 0, spent: 0 });
    expect(relay.provider.polls).toEqual([]);
  });
});

describe("F25: a webhook to an address that is not ours (any more)", () => {
  test("hears what an unknown route does, and nothing is asked or kept", async () => {
    const { id, reference, path } = await relay.pressAndSubmit();
    const genuine = relay.sign(reference);
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
    for (const each of Object.values(paths)) await relay.expectNothing(each, genuine);
    const unknown = await hookPathOf(relay.harness.parts, ofNobody);
    await relay.expectNothing(unknown, relay.sign(reference));
    relay.provider.isDone = true;
    await relay.expectPaidOnce(id);
  });

  test("of a team that was deleted the same", async () => {
    const { id, reference, path } = await relay.pressAndSubmit();
    relay.provider.isDone = true;
    await relay.expectPaidOnce(id);
    const { database } = relay.harness.store;
    await database.deleteFrom("team").where("id", "=", caller.team).execute();
    await relay.expectNothing(path, relay.sign(reference));
  });

  test("of another team's call does nothing for either", async () => {
    relay.provider.isAnswerLost = true;
    const { id, reference, path } = await relay.pressAndSubmit();
    await relay.harness.store.transaction((transaction) =>
      ensureTeam(transaction, "blue", () => "b"),
    );
    const blue = { provider: "fake", team: "blue", reference: "reference-of-blue" };
    await relay.expectNothing(await hookPathOf(relay.harness.parts, blue), relay.sign(reference));
    await relay.expectNothing(path, relay.sign(blue.reference));
    relay.provider.isDone = true;
    await relay.send(path, relay.sign(reference));
    await relay.expectPaidOnce(id);
  });
});

/** The same proof before a text that names another team. */
function forTeam(secret: string, team: string): string {
  const bytes = Buffer.from(secret, "base64url");
  const [provider, , reference] = z
    .array(z.string())
    .parse(JSON.parse(bytes.subarray(32).toString("utf8")));
  const text = JSON.stringify([provider, team, reference]);
  return Buffer.concat([bytes.subarray(0, 32), Buffer.from(text)]).toString("base64url");
}
