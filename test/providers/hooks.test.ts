import { describe, expect, test } from "vitest";
import type { ArrivedHook, Hook } from "../../server/providers/provider.ts";
import type { Behaviour } from "../helpers/fault-server.ts";
import type { SentHook } from "../helpers/hook-provider.ts";
import {
  hookSenders,
  isSecretAsked,
  replicateSecret,
  tellingSecret,
  type HookSender,
} from "./hook-senders.ts";
import { openVendor, vendorSecret } from "./vendor-world.ts";

const hookPath = "/v1/hooks/vendor/secret";
const publicUrl = "https://relay.example";
const minuteMs = 60_000;
const anyName: unknown = expect.any(String);

/** A vendor that has a job of ours, and the adapter that reads what it sends. */
async function begun({ vendor, asked }: HookSender, behave: Behaviour = vendor.good) {
  const world = await openVendor(vendor, behave);
  const provider = vendor.declaration.open({ ...world.parts, publicUrl });
  const call = world.call(asked, { hookPath });
  await provider.submit(call);
  const paid = world.server.arrived.find(vendor.isPaid)!;
  const read = (sent: SentHook, changes: Partial<ArrivedHook> = {}): Promise<Hook | null> =>
    provider.readHook!({
      body: Buffer.from(sent.body),
      header: (name) => sent.headers[name],
      nowMs: world.clock.nowMs(),
      reference: call.reference,
      key: () => Promise.resolve(call.key),
      ...changes,
    });
  return { world, provider, paid, read, call };
}

describe.each(hookSenders)("%s", (_, sender) => {
  test("is asked to call back only where the relay can be reached, at the address of the call", async () => {
    const world = await openVendor(sender.vendor);
    const call = world.call(sender.asked, { hookPath });
    await world.provider.submit(call);
    expect(world.server.arrived.find(sender.vendor.isPaid)?.body).not.toContain("hook");
    expect("readHook" in world.provider).toBe(false);
    const { paid } = await begun(sender);
    expect(sender.told(paid)).toBe(`${publicUrl}${hookPath}`);
    expect(paid.body).not.toContain(vendorSecret);
  });

  test("is believed only that there is news, however often it says so", async () => {
    const { world, paid, read } = await begun(sender);
    const sent = sender.send(paid, { atMs: world.clock.nowMs() });
    const hook = await read(sent);
    expect(hook).toEqual({ id: anyName, reference: null, handle: null });
    expect(await read(sent)).toEqual(hook);
  });

  if (sender.signs === null) return;

  const foreign = { secret: `whsec_${Buffer.alloc(24, 9).toString("base64")}` };
  const same = (sent: SentHook) => sent;
  test.each([
    ["by somebody else", foreign, same],
    ["over another byte", {}, (sent: SentHook) => ({ ...sent, body: sent.body.replace("1", "2") })],
    ["over a blank less", {}, (sent: SentHook) => ({ ...sent, body: `${sent.body} ` })],
    ["not at all", {}, (sent: SentHook) => ({ ...sent, headers: {} })],
  ] as const)("is not believed when it is signed %s", async (_what, how, change) => {
    const { world, paid, read } = await begun(sender);
    const sent = sender.send(paid, { atMs: world.clock.nowMs(), ...how });
    expect(await read(change(sent))).toBeNull();
  });

  test("is not believed about a call that nobody knows, or whose key was taken away", async () => {
    const { world, paid, read } = await begun(sender);
    const sent = sender.send(paid, { atMs: world.clock.nowMs() });
    expect(await read(sent, { key: () => Promise.resolve(null) })).toBeNull();
  });

  if (sender.signs === "body") {
    test("signs every call with a secret of its own", async () => {
      const { world, paid, read } = await begun(sender);
      const sent = sender.send(paid, { atMs: world.clock.nowMs() });
      expect(await read(sent, { reference: "ref-of-another-call" })).toBeNull();
    });
    return;
  }

  test.each([-5 * minuteMs - 1_000, 5 * minuteMs + 1_000])(
    "is not believed %i ms from now",
    async (offMs) => {
      const { world, paid, read } = await begun(sender);
      expect(await read(sender.send(paid, { atMs: world.clock.nowMs() + offMs }))).toBeNull();
    },
  );
});

describe("What Replicate signs with", () => {
  const [[, sender]] = hookSenders as [(typeof hookSenders)[number]];
  const other = `whsec_${Buffer.alloc(24, 6).toString("base64")}`;
  test("is asked for once for an account, with its key, and anew when it was changed", async () => {
    const told = { key: replicateSecret };
    const { world, paid, read } = await begun(
      sender,
      tellingSecret((response) => response.end(JSON.stringify(told))),
    );
    const askedFor = () => world.server.arrived.filter(isSecretAsked);
    const signedBy = (secret: string) =>
      read(sender.send(paid, { atMs: world.clock.nowMs(), secret }));
    expect(await signedBy(replicateSecret)).not.toBeNull();
    expect(await signedBy(replicateSecret)).not.toBeNull();
    expect(askedFor()).toHaveLength(1);
    expect(askedFor()[0]?.headers.authorization).toBe(`Bearer ${vendorSecret}`);
    told.key = other;
    expect(await signedBy(other)).toBeNull();
    world.clock.jump(11 * minuteMs);
    expect(await signedBy(other)).not.toBeNull();
    expect(await signedBy(replicateSecret)).toBeNull();
    expect(askedFor()).toHaveLength(2);
  });

  test.each([401, 403, 404])(
    "may be kept from a key by %i: then the address alone proves a webhook",
    async (status) => {
      const { world, paid, read } = await begun(
        sender,
        tellingSecret((response) => response.writeHead(status).end("{}")),
      );
      const sent = sender.send(paid, { atMs: world.clock.nowMs(), secret: other });
      expect(await read(sent)).toEqual(await read(sent));
      expect(await read(sent)).toMatchObject({ reference: null, handle: null });
      expect(await read({ ...sent, body: '{"no":"job"}' })).toBeNull();
      expect(world.server.arrived.filter(isSecretAsked)).toHaveLength(1);
    },
  );

  test.each([
    ["500", (response) => response.writeHead(500).end()],
    ["429", (response) => response.writeHead(429).end()],
    ["a reset", (response) => response.socket?.resetAndDestroy()],
  ] satisfies [string, Behaviour][])(
    "cannot be had for now (%s): the webhook is not taken",
    async (_, fault) => {
      const { world, paid, read } = await begun(sender, tellingSecret(fault));
      const sent = sender.send(paid, { atMs: world.clock.nowMs() });
      await expect(read(sent)).rejects.toThrow();
    },
  );
});
