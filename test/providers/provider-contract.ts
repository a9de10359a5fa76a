import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costOfCall } from "#domain/price";
import {
  CallFailure,
  type ProviderResult,
  type Submission,
} from "../../server/providers/provider.ts";
import type { Arrived, Behaviour } from "../helpers/fault-server.ts";
import { describeQueue } from "./queue-contract.ts";
import { anyAnswer, submitFaults } from "./submit-faults.ts";
import type { RequestCase, VendorStandIn } from "./vendor-stand-in.ts";
import { readRequestBody } from "./read-request-body.ts";
import {
  failureOf,
  modelOf,
  openVendor,
  originsOf,
  vendorSecret,
  type VendorWorld,
} from "./vendor-world.ts";

/**
 * What every provider keeps, whatever its vendor: one paid request at most, the key in its header and
 * nowhere else, what leaves as the vendor's specification wants it, and every kind of trouble as one
 * failure of the common words with its cost.
 */
export function describeProvider(vendor: VendorStandIn): void {
  const [first] = vendor.requests;
  if (!first) throw new Error("A vendor without a request.");
  describe(`${vendor.declaration.title} is asked`, () => {
    test.each(vendor.requests.map((asked) => [asked.name, asked] as const))(
      "for %s, in its own words",
      async (_, asked) => {
        const world = await openVendor(vendor);
        const result = await finish(vendor, world, asked);
        expect(result.outputs.length).toBeGreaterThan(0);
        await checkWhatLeft(vendor, world, asked);
        const { settings } = asked.request;
        const cost = costOfCall(modelOf(world, asked).price, settings);
        expect(cost.microDollars).toBeGreaterThanOrEqual(0);
      },
    );

    if (vendor.mode === "queue") describeQueue(vendor, first);
  });

  describe(`${vendor.declaration.title} in trouble`, () => {
    test.each(submitFaults.map((fault) => [fault.name, fault] as const))(
      "answers the paid request with %s",
      async (_, fault) => {
        const world = await openVendor(vendor, onPaid(vendor, fault.behave));
        const failure = await failureOf(world.provider.submit(world.call(first)));
        expect(fault.codes).toContain(failure.failure.code);
        expect(failure.outcome).toBe(fault.outcome);
        expect(failure.retryAfterMs).toBe(fault.retryAfterMs ?? null);
        expect(paidOf(vendor, world.server.arrived)).toHaveLength(1);
        expect(failure.failure.message).not.toContain(vendorSecret);
        expect(failure.failure.message).toMatch(/^.*\.$/s);
        const { title } = vendor.declaration;
        // A sentence begins with a capital, or with a name that its owner writes small.
        expect(failure.failure.message.replace(title, title.toUpperCase())).toMatch(/^[A-Z]/);
      },
    );

    test("does not answer in time", async () => {
      const world = await openVendor(
        vendor,
        onPaid(vendor, () => world.clock.jump(3_600_000)),
      );
      const failure = await failureOf(world.provider.submit(world.call(first)));
      expect(["outcome-unknown", "timed-out"]).toContain(failure.failure.code);
      expect(failure.outcome).toBe("unknown");
      expect(paidOf(vendor, world.server.arrived)).toHaveLength(1);
    });

    test("is stopped while it is asked", async () => {
      const stop = new AbortController();
      const world = await openVendor(
        vendor,
        onPaid(vendor, () => stop.abort()),
      );
      const call = world.call(first, { signal: stop.signal });
      const failure = await failureOf(world.provider.submit(call));
      expect(["cancelled", "outcome-unknown"]).toContain(failure.failure.code);
      expect(failure.outcome).toBe("unknown");
      expect(paidOf(vendor, world.server.arrived)).toHaveLength(1);
    });

    test("sends one paid request, whatever it is answered", async () => {
      const next: { behave: Behaviour } = { behave: vendor.good };
      const world = await openVendor(
        vendor,
        onPaid(vendor, (response, arrived) => next.behave(response, arrived)),
      );
      await fc.assert(
        fc.asyncProperty(anyAnswer, async (behave) => {
          next.behave = behave;
          const before = paidOf(vendor, world.server.arrived).length;
          const error: unknown = await world.provider.submit(world.call(first)).then(
            () => null,
            (reason: unknown) => reason,
          );
          expect(error === null || error instanceof CallFailure).toBe(true);
          expect(paidOf(vendor, world.server.arrived)).toHaveLength(before + 1);
        }),
        { numRuns: 40 },
      );
    });

    const atSubmit = vendor.refusals.filter(({ at }) => at === "submit");
    test.each(atSubmit.map((refusal) => [refusal.name, refusal] as const))(
      "refuses: %s",
      async (_, { status, body, headers, code, outcome, setting }) => {
        const text = typeof body === "string" ? body : JSON.stringify(body);
        const world = await openVendor(
          vendor,
          onPaid(vendor, (response) =>
            response
              .writeHead(status, { "content-type": "application/json", ...headers })
              .end(text),
          ),
        );
        const failure = await failureOf(world.provider.submit(world.call(first)));
        expect([failure.failure.code, failure.outcome]).toEqual([code, outcome]);
        expect(failure.failure.setting).toBe(setting);
        expect(paidOf(vendor, world.server.arrived)).toHaveLength(1);
      },
    );
  });
}

/** Behaves in its own way for the paid request, and well for all others. */
export function onPaid(vendor: VendorStandIn, behave: Behaviour): Behaviour {
  return (response, arrived) =>
    vendor.isPaid(arrived) ? behave(response, arrived) : vendor.good(response, arrived);
}

/** The paid requests among those that arrived. */
export function paidOf(vendor: VendorStandIn, arrived: readonly Arrived[]): Arrived[] {
  return arrived.filter((each) => vendor.isPaid(each));
}

/** Asks for a result and waits for it, over polls where the vendor makes jobs. */
export async function finish(
  vendor: VendorStandIn,
  world: VendorWorld,
  asked: RequestCase,
): Promise<ProviderResult> {
  const call = world.call(asked);
  const submission: Submission = await world.provider.submit(call);
  expect(submission.kind).toBe(vendor.mode === "queue" ? "accepted" : "done");
  if (submission.kind === "done") return submission.result;
  for (let turn = 0; turn < 5; turn += 1) {
    const standing = await world.provider.poll?.(submission.handle, call);
    if (standing?.kind === "done") return standing.result;
  }
  throw new Error("The job did not end.");
}

async function checkWhatLeft(
  vendor: VendorStandIn,
  world: VendorWorld,
  asked: RequestCase,
): Promise<void> {
  const { key } = vendor.declaration;
  const { arrived } = world.server;
  const paid = paidOf(vendor, arrived);
  expect(paid).toHaveLength(1);
  const origins = originsOf(vendor);
  if (key) expect(paid[0]?.headers[key.header]).toBe(`${key.prefix}${vendorSecret}`);
  for (const each of arrived) {
    expect(each.path).not.toContain(vendorSecret);
    expect(each.body).not.toContain(vendorSecret);
    if (!key || !isAt(origins, each)) {
      expect(JSON.stringify(each.headers)).not.toContain(vendorSecret);
    }
  }
  if (asked.sends && paid[0]) expect(await readRequestBody(paid[0])).toMatchObject(asked.sends);
  if (!vendor.conformer) return;
  const conformer = await vendor.conformer();
  const ofVendor = arrived.filter((each) => isAt(origins, each));
  for (const each of ofVendor) expect(await conformer.check(each)).toEqual([]);
}

function isAt(origins: readonly string[], { headers }: Arrived): boolean {
  return origins.some((origin) => new URL(origin).host === headers.host);
}
