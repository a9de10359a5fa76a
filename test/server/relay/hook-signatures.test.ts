import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { relayErrorSchema } from "#domain/relay-error";
import { checkStandardWebhook } from "../../../server/providers/standard-webhook.ts";
import { signHook, signText, type SentHook } from "../../helpers/hook-provider.ts";
import { openHookRelay, type HookRelay } from "../../helpers/hook-relay.ts";

let relay: HookRelay;
beforeEach(async () => {
  relay = await openHookRelay();
});
afterEach(() => relay.harness.close());

describe("T22: a webhook whose signature does not hold", () => {
  const minuteMs = 60_000;
  const secret = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
  const forged: Record<string, (reference: string) => SentHook> = {
    "of another secret": (reference) => relay.sign(reference, { secret }),
    "that is missing": (reference) => ({ ...relay.sign(reference), headers: {} }),
    "that is empty": (reference) => withSignature(relay.sign(reference), ""),
    "of another version": (reference) =>
      withSignature(
        relay.sign(reference),
        relay.sign(reference).headers["webhook-signature"]!.replace("v1", "v2"),
      ),
    "over another id": (reference) => {
      const sent = relay.sign(reference);
      return { ...sent, headers: { ...sent.headers, "webhook-id": "hook-9" } };
    },
    "over a body with one byte changed": (reference) => {
      const sent = relay.sign(reference);
      return { ...sent, body: sent.body.replace("job of", "job on") };
    },
    "over a body with a blank more": (reference) => {
      const sent = relay.sign(reference);
      return { ...sent, body: `${sent.body} ` };
    },
    "that is older than five minutes": (reference) =>
      relay.sign(reference, { atMs: relay.clock.nowMs() - 5 * minuteMs - 1_000 }),
    "from more than five minutes ahead": (reference) =>
      relay.sign(reference, { atMs: relay.clock.nowMs() + 5 * minuteMs + 1_000 }),
    "over what its adapter does not expect": () =>
      signText("no JSON", { atMs: relay.clock.nowMs() }),
    "over something else than a call": () => signHook({ hello: 1 }, { atMs: relay.clock.nowMs() }),
  };

  test.each(Object.entries(forged))("%s is refused and does nothing", async (_what, forge) => {
    relay.provider.isAnswerLost = true;
    const { id, reference, path } = await relay.pressAndSubmit();
    await relay.expectNothing(path, forge(reference));
    expect(relay.harness.warnings).toContain("hook-refused");
    relay.provider.isDone = true;
    expect((await relay.send(path, relay.sign(reference))).status).toBe(200);
    await relay.expectPaidOnce(id);
  });

  test("is not looked for in more than 256 kB, nor behind a foreign path", async () => {
    const { id, reference, path } = await relay.pressAndSubmit();
    const large = { ...relay.sign(reference), body: "x".repeat(256 * 1024 + 1) };
    const answer = relayErrorSchema.parse(await (await relay.send(path, large)).json());
    expect(answer.error.code).toBe("too-large");
    expect((await relay.send("/v1/hooks/fake/a", large)).status).toBe(404);
    const headers = { ...large.headers, "content-length": String(large.body.length) };
    expect((await relay.send("/v1/hooks/fake/a", { ...large, headers })).status).toBe(413);
    relay.provider.isDone = true;
    await relay.expectPaidOnce(id);
  });
});

describe("F33: a webhook while the clock is set by hours", () => {
  const hourMs = 3_600_000;

  test.each([5, -5])("by %i: is taken by the time of before and by the new one", async (hours) => {
    for (const isOfBefore of [true, false]) {
      const own = await openHookRelay();
      // Set forward past its deadline, a call without a handle is given up at once.
      own.provider.isAnswerLost = hours < 0;
      const { id, reference, path } = await own.pressAndSubmit();
      const beforeMs = own.clock.nowMs();
      own.clock.jump(hours * hourMs);
      own.provider.isDone = true;
      const atMs = isOfBefore ? beforeMs : own.clock.nowMs();
      // A time in between is nobody's.
      const between = own.sign(reference, { atMs: beforeMs + (hours * hourMs) / 2 });
      expect((await own.send(path, between)).status).toBe(404);
      expect((await own.send(path, own.sign(reference, { atMs }))).status).toBe(200);
      await own.expectPaidOnce(id);
      await own.harness.close();
    }
  });
});

function withSignature(sent: SentHook, signature: string): SentHook {
  return { ...sent, headers: { ...sent.headers, "webhook-signature": signature } };
}

test("T22: the example that Standard Webhooks' own libraries are tested with is genuine, within five minutes", () => {
  const headers: Record<string, string> = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature":
      "v1,bm9ldHUjKzFob2VudXRob2VodWUzMjRvdWVvdW9ldQo= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  const check = (nowMs: number) =>
    checkStandardWebhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", {
      body: Buffer.from('{"test": 2432232314}'),
      header: (name) => headers[name],
      nowMs,
    });
  const sentMs = 1_614_265_330_000;
  expect(check(sentMs)).toBe("msg_p5jXN8AQM9LWM0D4loKWxJek");
  expect(check(sentMs - 5 * 60_000)).not.toBeNull();
  expect(check(sentMs + 5 * 60_000)).not.toBeNull();
  expect(check(sentMs - 5 * 60_000 - 1)).toBeNull();
  expect(check(sentMs + 5 * 60_000 + 1)).toBeNull();
});
