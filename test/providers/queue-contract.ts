import { expect, test } from "vitest";
import type { Behaviour } from "../helpers/fault-server.ts";
import type { RequestCase, VendorStandIn } from "./vendor-stand-in.ts";
import { failureOf, openVendor } from "./vendor-world.ts";

/** What may go wrong while an accepted job is asked for; all of it passes. */
const pollFaults: readonly (readonly [string, Behaviour])[] = [
  ["500", (response) => response.writeHead(500).end()],
  ["503", (response) => response.writeHead(503).end("busy")],
  ["429", (response) => response.writeHead(429, { "retry-after": "3" }).end()],
  ["404", (response) => response.writeHead(404).end("{}")],
  ["a reset", (response) => response.socket?.resetAndDestroy()],
  ["an empty answer", (response) => response.writeHead(200).end()],
  ["a page", (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>")],
];

/** What every provider keeps whose vendor makes jobs. */
export function describeQueue(vendor: VendorStandIn, first: RequestCase): void {
  const isFile = vendor.isFile ?? (({ headers }) => vendor.fileHosts.includes(headers.host ?? ""));

  test("and goes on after a restart, paid once", async () => {
    const world = await openVendor(vendor);
    const call = world.call(first);
    const submission = await world.provider.submit(call);
    if (submission.kind !== "accepted") throw new Error("It was no job.");
    const later = world.reopened();
    for (let turn = 0; ; turn += 1) {
      const standing = await later.poll?.(submission.handle, call);
      if (standing?.kind === "done") {
        expect(standing.result.outputs.length).toBeGreaterThan(0);
        break;
      }
      expect(turn).toBeLessThan(5);
    }
    expect(world.server.arrived.filter((each) => vendor.isPaid(each))).toHaveLength(1);
  });

  test.each(pollFaults)("and its job is found again after %s", async (_, fault) => {
    const broken = { isOn: false };
    const world = await openVendor(vendor, (response, arrived) => {
      const isJob = !vendor.isPaid(arrived) && !isFile(arrived);
      (broken.isOn && isJob ? fault : vendor.good)(response, arrived);
    });
    const call = world.call(first);
    const submission = await world.provider.submit(call);
    if (submission.kind !== "accepted") throw new Error("It was no job.");
    broken.isOn = true;
    const failure = await failureOf(
      Promise.resolve(world.provider.poll?.(submission.handle, call)),
    );
    expect(failure.failure.isRetryable).toBe(true);
    expect(failure.outcome).toBe("unknown");
    broken.isOn = false;
    for (let turn = 0; turn < 5; turn += 1) {
      const standing = await world.provider.poll?.(submission.handle, call);
      if (standing?.kind === "done") return;
    }
    throw new Error("It was not found again.");
  });

  const atPoll = vendor.refusals.filter(({ at }) => at === "poll");
  test.each(atPoll.map((refusal) => [refusal.name, refusal] as const))(
    "and its job ends: %s",
    async (_, { status, body, code, outcome }) => {
      const world = await openVendor(vendor, (response, arrived) => {
        if (vendor.isPaid(arrived) || isFile(arrived)) vendor.good(response, arrived);
        else {
          response.writeHead(status, { "content-type": "application/json" });
          response.end(typeof body === "string" ? body : JSON.stringify(body));
        }
      });
      const call = world.call(first);
      const submission = await world.provider.submit(call);
      if (submission.kind !== "accepted") throw new Error("It was no job.");
      const failure = await failureOf(
        Promise.resolve(world.provider.poll?.(submission.handle, call)),
      );
      expect([failure.failure.code, failure.outcome]).toEqual([code, outcome]);
    },
  );

  if (vendor.fileHosts.length === 0 && !vendor.isFile) return;

  const fileFaults: readonly (readonly [string, Behaviour])[] = [
    ["is gone", (response) => response.writeHead(404).end()],
    ["is refused", (response) => response.writeHead(403).end()],
    [
      "is cut",
      (response) => {
        response.writeHead(200, { "content-length": "100000" }).write("half");
        setImmediate(() => response.destroy());
      },
    ],
  ];
  test.each(fileFaults)("and its result's file %s for now", async (_, fault) => {
    const world = await openVendor(vendor, (response, arrived) =>
      (isFile(arrived) ? fault : vendor.good)(response, arrived),
    );
    const failure = await failureOf(pollToEnd(world, first));
    expect([failure.failure.isRetryable, failure.outcome]).toEqual([true, "unknown"]);
  });

  test("and its result points into our own network", async () => {
    const world = await openVendor(vendor, (response, arrived) => {
      if (isFile(arrived)) {
        response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end();
      } else vendor.good(response, arrived);
    });
    const failure = await failureOf(pollToEnd(world, first));
    expect(failure.failure).toMatchObject({ code: "provider-protocol", isRetryable: false });
    expect(failure.outcome).toBe("unknown");
  });
}

async function pollToEnd(
  world: Awaited<ReturnType<typeof openVendor>>,
  asked: RequestCase,
): Promise<void> {
  const call = world.call(asked);
  const submission = await world.provider.submit(call);
  if (submission.kind !== "accepted") throw new Error("It was no job.");
  for (let turn = 0; turn < 5; turn += 1) {
    const standing = await world.provider.poll?.(submission.handle, call);
    if (standing?.kind === "done") return;
  }
}
