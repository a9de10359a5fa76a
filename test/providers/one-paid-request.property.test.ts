import fc from "fast-check";
import { expect, test } from "vitest";
import type { Behaviour } from "../helpers/fault-server.ts";
import { falCases, falStandIn } from "./fal-stand-in.ts";
import { onPaid, paidOf } from "./provider-contract.ts";
import { replicateStandIn } from "./replicate-stand-in.ts";
import { runwayCases, runwayStandIn } from "./runway-stand-in.ts";
import { failureOf, openVendor } from "./vendor-world.ts";

const bodies = fc.oneof(
  fc.constantFrom("", "null", "[]", "<html>", '{"detail":', "{}"),
  fc.json(),
  fc
    .record({ detail: fc.string(), error: fc.string(), retry_after: fc.nat(9) })
    .map((body) => JSON.stringify(body)),
);
const answers = fc.record({
  status: fc.oneof(
    fc.constantFrom(408, 409, 425, 429, 500, 502, 503, 504, 520),
    fc.integer({ min: 200, max: 599 }),
  ),
  type: fc.constantFrom("application/json", "text/html", "application/octet-stream"),
  retryAfter: fc.constantFrom(null, "0", "1", "Wed, 21 Oct 2026 07:28:00 GMT"),
  shouldRetry: fc.boolean(),
  body: bodies,
});
type Answer = typeof answers extends fc.Arbitrary<infer Each> ? Each : never;

const answering =
  ({ status, type, retryAfter, shouldRetry, body }: Answer): Behaviour =>
  (response) => {
    response.writeHead(status, {
      "content-type": type,
      // By this some clients are told to try again, whatever the status.
      "x-should-retry": String(shouldRetry),
      ...(retryAfter !== null && { "retry-after": retryAfter }),
    });
    response.end(body);
  };

test.each(
  [falStandIn(falCases), replicateStandIn, runwayStandIn(runwayCases)].map(
    (vendor) => [vendor.declaration.title, vendor] as const,
  ),
)("%s: one paid request leaves and no other, whatever the host answers", async (_, vendor) => {
  const now: { behave: Behaviour } = { behave: vendor.good };
  const world = await openVendor(
    vendor,
    onPaid(vendor, (...met) => now.behave(...met)),
  );
  let before = 0;
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      now.behave = answering(answer);
      const failure = await failureOf(world.provider.submit(world.call(vendor.requests[0]!)));
      const paid = paidOf(vendor, world.server.arrived).length;
      expect(paid - before).toBe(1);
      before = paid;
      // Only a refusal with a meaning is certain to have cost nothing.
      const isRefusal = answer.status >= 400 && answer.status < 500 && answer.status !== 408;
      expect(failure.outcome).toBe(isRefusal ? "not-billed" : "unknown");
    }),
    { numRuns: 60, seed: 7 },
  );
});
