import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Fetch } from "../../server/egress.ts";
import { createFalHooks } from "../../server/providers/fal/fal-hooks.ts";
import { fal } from "../../server/providers/fal/index.ts";
import { falCases, falStandIn } from "./fal-stand-in.ts";
import { openVendor } from "./vendor-world.ts";

const nowMs = 1_800_000_000_000;
const seconds = nowMs / 1_000;
const words = JSON.stringify({ request_id: "job-1", status: "OK", payload: {} });

interface Sent {
  readonly by: KeyObject;
  readonly body?: string;
  readonly told?: string;
  readonly atSeconds?: number;
  readonly without?: string;
}

/** A webhook as fal signs it; `told` is what arrives in place of the body that was signed. */
function hook({ by, body = words, told = body, atSeconds = seconds, without }: Sent) {
  const hash = createHash("sha256").update(body).digest("hex");
  const text = ["hook-1", "user-1", String(atSeconds), hash].join("\n");
  const headers: Record<string, string> = {
    "x-fal-webhook-request-id": "hook-1",
    "x-fal-webhook-user-id": "user-1",
    "x-fal-webhook-timestamp": String(atSeconds),
    "x-fal-webhook-signature": sign(null, Buffer.from(text), by).toString("hex"),
  };
  return {
    nowMs,
    body: Buffer.from(told),
    header: (name: string) => (name === without ? undefined : headers[name]),
  };
}

/** fal's hooks over an internet that tells these keys, and how often it was asked. */
function open(...pairs: readonly { readonly publicKey: KeyObject }[]) {
  const asked: { origins: readonly string[]; address: string }[] = [];
  const told = { keys: pairs.map(({ publicKey }) => publicKey.export({ format: "jwk" })) };
  const within =
    (origins: readonly string[]): Fetch =>
    (input) => {
      asked.push({ origins, address: typeof input === "string" ? input : "" });
      return Promise.resolve(Response.json(told));
    };
  return { read: createFalHooks({ within }), asked, told };
}

const pair = () => generateKeyPairSync("ed25519");

describe("A webhook of fal", () => {
  const own = pair();
  const genuine = { id: "job-1", reference: null, handle: null };

  test("is taken when any of fal's keys signed it; the keys are asked for once, without a key of ours", async () => {
    const hooks = open(pair(), own);
    expect(await hooks.read(hook({ by: own.privateKey }))).toEqual(genuine);
    expect(await hooks.read(hook({ by: own.privateKey }))).toEqual(genuine);
    expect(hooks.asked).toEqual([
      { origins: ["https://rest.fal.ai"], address: "https://rest.fal.ai/.well-known/jwks.json" },
    ]);
  });

  test.each([
    ["by somebody else", { by: pair().privateKey }],
    ["of another body", { by: own.privateKey, told: words.replace("job-1", "job-2") }],
    ["of six minutes ago", { by: own.privateKey, atSeconds: seconds - 360 }],
    ["from six minutes ahead", { by: own.privateKey, atSeconds: seconds + 360 }],
    ["about nothing", { by: own.privateKey, body: "{}" }],
    ...["request-id", "user-id", "timestamp", "signature"].map(
      (part) =>
        [`without its ${part}`, { by: own.privateKey, without: `x-fal-webhook-${part}` }] as const,
    ),
  ] as const)("%s is not taken", async (_, sent) => {
    expect(await open(own).read(hook(sent))).toBeNull();
  });

  test("by a key that fal has just begun to use is taken a little later", async () => {
    const next = pair();
    const hooks = open(own);
    expect(await hooks.read(hook({ by: own.privateKey }))).toEqual(genuine);
    hooks.told.keys.push(next.publicKey.export({ format: "jwk" }));
    expect(await hooks.read(hook({ by: next.privateKey }))).toBeNull();
    const laterMs = nowMs + 11 * 60_000;
    const later = hook({ by: next.privateKey, atSeconds: laterMs / 1_000 });
    expect(await hooks.read({ ...later, nowMs: laterMs })).toEqual(genuine);
    expect(hooks.asked).toHaveLength(2);
  });
});

test("fal is asked to call back only where the relay can be reached", async () => {
  const vendor = falStandIn(falCases.slice(0, 1));
  const world = await openVendor(vendor);
  const call = world.call(falCases[0]!, { hookPath: "/v1/hooks/fal/secret" });
  await world.provider.submit(call);
  expect(world.server.arrived[0]?.path).not.toContain("?");
  expect("readHook" in world.provider).toBe(false);
  const reached = fal.open({ ...world.parts, publicUrl: "https://relay.example" });
  await reached.submit(call);
  expect("readHook" in reached).toBe(true);
  const [, query] = world.server.arrived[1]!.path.split("?");
  expect([...new URLSearchParams(query)]).toEqual([
    ["fal_webhook", "https://relay.example/v1/hooks/fal/secret"],
  ]);
});
