import { afterEach, describe, expect, test } from "vitest";
import type { KeyRing } from "../../../server/keys/key-ring.ts";
import { hook } from "../../../server/routes/hooks.ts";
import { hookPathOf } from "../../../server/run/hook-address.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { createFakeApp, usualHost } from "../../helpers/fake-app.ts";
import type { Arrived } from "../../helpers/fault-server.ts";
import type { SentHook } from "../../helpers/hook-provider.ts";
import { until } from "../../helpers/hook-relay.ts";
import { graphOfOne } from "../../helpers/press-nodes.ts";
import { caller, openHarness, waitForEnd, type Harness } from "../../helpers/run-harness.ts";
import {
  hookSenders,
  isSecretAsked,
  type HookSender,
  type Sending,
} from "../../providers/hook-senders.ts";
import { openVendor, vendorSecret } from "../../providers/vendor-world.ts";

const held = { version: "environment", reveal: () => vendorSecret };
const keyRing: KeyRing = {
  providersWithKey: (_team) =>
    Promise.resolve(new Set(hookSenders.map(([, each]) => each.vendor.declaration.id))),
  newest: () => Promise.resolve(held),
  versioned: () => Promise.resolve(held),
};

let harness: Harness | null = null;
afterEach(() => harness?.close());

/** A relay's run at a vendor that works on it until it is told that it is done; its clock stands still. */
async function pressed(sender: HookSender) {
  const { vendor, asked } = sender;
  const job = { isDone: false, answer: null as null | (() => void), isHeld: false };
  const { fileHosts, isPaid } = vendor;
  const isPoll = (each: Arrived) =>
    each.method === "GET" && !isSecretAsked(each) && !fileHosts.includes(each.headers.host ?? "");
  const world = await openVendor(vendor, (response, arrived) => {
    if (isPoll(arrived) && !job.isDone) {
      const data = { task_id: "task-1", status: "IN_PROGRESS", generated: [] };
      response.end(JSON.stringify({ id: "job-1", status: "starting", data }));
    } else if (isPaid(arrived) && job.isHeld) job.answer = () => vendor.good(response, arrived);
    else vendor.good(response, arrived);
  });
  const { clock, parts } = world;
  const provider = vendor.declaration.open({ ...parts, publicUrl: "https://relay.example" });
  const own = await openHarness({ providers: [provider], parts: { clock, keyRing } });
  harness = own;
  const { app } = createFakeApp({ hook: hook(own.parts) });
  const { arrived } = world.server;
  const paid = () => arrived.filter(isPaid);
  const path = () => new URL(String(sender.told(paid()[0]!))).pathname;
  /** A webhook about the job, signed now. */
  const sign = (how: Partial<Sending> = {}) =>
    sender.send(paid()[0]!, { atMs: clock.nowMs(), ...how });
  const send = async ({ body, headers }: SentHook, to = path()) => {
    const init = { method: "POST", body, headers: { host: usualHost, ...headers } };
    return (await app.request(to, init)).status;
  };
  return {
    job,
    warnings: own.warnings,
    paid,
    path,
    sign,
    send,
    polls: () => arrived.filter(isPoll).length,
    begin: async () => {
      const graph = graphOfOne("image-generator", asked.model, "A red apple");
      const request = { file: "file-1", graph, target: { mode: "all" as const }, isAgain: false };
      const quote = await own.host.quote(caller, request);
      const confirmed = { ...request, quote: quote.id, isConfirmed: true };
      const { id } = await own.host.startRun(caller, "press-00000001", confirmed);
      await until(() => paid().length > 0);
      return id;
    },
    /** Ends as it does when the vendor says that it is done: paid once, and booked. */
    expectDone: async (id: string) => {
      job.isDone = true;
      expect(await send(sign({ body: doneBody }))).toBe(200);
      expect((await waitForEnd(own, id)).run.state).toBe("done");
      expect(paid()).toHaveLength(1);
      expect(await checkLedger(own.store.database)).toEqual([]);
    },
  };
}

/** Whatever a vendor calls it, it is done. */
const doneBody = '{"id":"job-1","task_id":"task-1","status":"done"}';

/** Freepik is Magnific under another name. */
const senders = hookSenders.filter(([name]) => name !== "Freepik");

describe.each(senders)("A webhook of %s", (_, sender) => {
  test("F22, F23: wakes whoever asks the vendor itself, once however often it comes", async () => {
    const run = await pressed(sender);
    const id = await run.begin();
    await until(() => run.polls() === 1);
    const sent = run.sign();
    const statuses = await Promise.all(Array.from({ length: 10 }, () => run.send(sent)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    await until(() => run.polls() >= 2);
    expect(run.polls()).toBe(2);
    await run.expectDone(id);
    expect(run.polls()).toBe(3);
    expect(await run.send(run.sign({ body: doneBody.replace("done", "late") }))).toBe(200);
    expect([run.polls(), run.warnings.includes("hook-late")]).toEqual([3, true]);
  });

  test("F24: before the vendor's answer changes nothing; the answer goes on as ever", async () => {
    const run = await pressed(sender);
    run.job.isHeld = true;
    const id = await run.begin();
    await until(() => run.job.answer !== null);
    expect(await run.send(run.sign())).toBe(200);
    expect(run.polls()).toBe(0);
    run.job.answer?.();
    await until(() => run.polls() > 0);
    await run.expectDone(id);
  });

  test("F25, T22: that is forged, or to no address of ours, hears what an unknown route does", async () => {
    const run = await pressed(sender);
    const id = await run.begin();
    await until(() => run.polls() === 1);
    const reference = "reference-of-nobody";
    const { id: provider } = sender.vendor.declaration;
    const address = { provider, team: caller.team, reference };
    const ofNobody = await hookPathOf(harness!.parts, address);
    expect(await run.send(run.sign(), run.path().slice(0, -1))).toBe(404);
    expect(await run.send({ ...run.sign(), body: "no JSON" })).toBe(404);
    // What is not signed is heard, and is about nothing.
    expect(await run.send(run.sign(), ofNobody)).toBe(sender.signs === null ? 200 : 404);
    if (sender.signs !== null) {
      const secret = `whsec_${Buffer.alloc(24, 9).toString("base64")}`;
      expect(await run.send(run.sign({ secret }))).toBe(404);
    }
    expect(run.warnings).toContain("hook-refused");
    expect(run.polls()).toBe(1);
    await run.expectDone(id);
  });
});
