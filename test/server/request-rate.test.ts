import { expect, test } from "vitest";
import { relayErrorSchema } from "#domain/relay-error";
import { Refusal } from "../../server/refusal.ts";
import { createRequestRate } from "../../server/request-rate.ts";
import { createStreamCount } from "../../server/routes/count-streams.ts";
import { VirtualClock } from "../chaos/virtual-clock.ts";
import { createFakeApp, goodToken, usualHost } from "../helpers/fake-app.ts";

const never = () => new AbortController().signal;
const refusalOf = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => null,
    (each: unknown) => each,
  );
  return error instanceof Refusal ? error : null;
};

test("T18: a device's burst goes through at once, a little more is held back, the rest is refused with a time", async () => {
  const clock = new VirtualClock();
  const admit = createRequestRate(clock);
  let through = 0;
  const asks = Array.from({ length: 300 }, () => admit("ana", never));
  for (const ask of asks) {
    void ask.then(
      () => (through += 1),
      () => undefined,
    );
  }
  await Promise.resolve();
  expect(through).toBe(200);
  const refused = await refusalOf(admit("ana", never));
  expect([refused?.code, refused?.retryAfterS]).toEqual(["rate-limited", 2]);
  await admit("bo", never);
  clock.jump(1_000);
  await Promise.all(asks.slice(0, 250));
  await new Promise((resolve) => setImmediate(resolve));
  expect(through).toBe(250);
  expect(await refusalOf(asks[260]!)).not.toBeNull();
});

test("T18: over a long time a device gets through no oftener than fifty times a second", async () => {
  const clock = new VirtualClock();
  const admit = createRequestRate(clock);
  let through = 0;
  for (let step = 0; step < 1_000; step += 1) {
    clock.jump(step % 100 === 0 ? -3_600_000 : 10);
    for (let at = 0; at < 3; at += 1) {
      void admit("ana", never).then(
        () => (through += 1),
        () => undefined,
      );
    }
    await Promise.resolve();
  }
  expect(through).toBeLessThanOrEqual(200 + 50 * 11);
});

test("a refusal for too much says so with 429, a sentence and Retry-After", async () => {
  const { app } = createFakeApp({
    status: () => {
      throw new Refusal("rate-limited", "Too much. Nothing was spent.", [], 10);
    },
  });
  const headers = { host: usualHost, authorization: `Bearer ${goodToken}` };
  const response = await app.request("/v1/status", { headers });
  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "10"]);
  const { error } = relayErrorSchema.parse(await response.json());
  expect(error.message).toBe("Too much. Nothing was spent.");
});

test("T19: a device follows six runs at a time and a team two hundred, and whoever leaves makes room once", () => {
  const enter = createStreamCount();
  const follow = (device: string, team = "red") => enter({ team, device, member: "ana" });
  const leaves = Array.from({ length: 6 }, () => follow("laptop"));
  expect(() => follow("laptop")).toThrow(Refusal);
  leaves[0]!();
  leaves[0]!();
  leaves.push(follow("laptop"));
  expect(() => follow("laptop")).toThrow(Refusal);
  for (let at = 6; at < 200; at += 1) follow(`device-${at}`);
  expect(() => follow("one-more")).toThrow("200 runs");
  follow("laptop", "blue");
  leaves[1]!();
  follow("one-more");
});
