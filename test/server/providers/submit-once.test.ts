import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createEgress, type Egress } from "../../../server/egress.ts";
import { readRetryAfter } from "../../../server/providers/retry-after.ts";
import { submitOnce, type SubmitOnce } from "../../../server/providers/submit-once.ts";
import { VirtualClock } from "../../chaos/virtual-clock.ts";
import { openFaultServer, type Behaviour, type FaultServer } from "../../helpers/fault-server.ts";

const clock = new VirtualClock();
const limits = { deadlineMs: 60_000, maxBytes: 10_000 };

/** What a host does with a paid request, and what may be said of it afterwards. */
const faults: Readonly<Record<string, readonly [Behaviour, readonly string[]]>> = {
  taken: [(response) => response.end("{}"), ["accepted"]],
  created: [(response) => response.writeHead(201).end("{}"), ["accepted"]],
  "cut in the answer": [
    (response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{", () => response.socket?.resetAndDestroy());
    },
    ["accepted", "unknown"],
  ],
  "reset before the answer": [(response) => response.socket?.resetAndDestroy(), ["unknown"]],
  "closed before the answer": [(response) => response.destroy(), ["unknown"]],
  silent: [() => clock.jump(limits.deadlineMs), ["unknown"]],
  error: [(response) => response.writeHead(500).end("oops"), ["unknown"]],
  gateway: [(response) => response.writeHead(502).end(), ["unknown"]],
  busy: [(response) => response.writeHead(503).end(), ["unknown"]],
  "request timeout": [(response) => response.writeHead(408).end(), ["unknown"]],
  elsewhere: [(response) => response.writeHead(307, { location: "/again" }).end(), ["unknown"]],
  limited: [(response) => response.writeHead(429, { "retry-after": "7" }).end(), ["refused"]],
  forbidden: [(response) => response.writeHead(401).end("{}"), ["refused"]],
  invalid: [(response) => response.writeHead(422).end("{}"), ["refused"]],
};

let host: FaultServer;
let egress: Egress;
let script: Behaviour[] = [];
beforeAll(async () => {
  host = await openFaultServer((response, arrived) => {
    const behave = arrived.method === "POST" ? script.shift() : undefined;
    if (behave) behave(response, arrived);
    else response.end("{}");
  });
  egress = createEgress({
    clock,
    ownOrigins: [host.origin, "http://127.0.0.1:1"],
    note: () => undefined,
  });
});
beforeEach(() => (script = []));
afterAll(async () => {
  await egress.close();
  await host.close();
});

const begin = (): SubmitOnce =>
  submitOnce({
    send: egress.within([host.origin, "http://127.0.0.1:1"], limits),
    nowMs: clock.nowMs,
  });
const paidSince = (from: number) =>
  host.arrived.slice(from).filter(({ method }) => method === "POST").length;

/** A client that repeats whatever is not a success, as the vendors' clients do. */
async function stubborn({ fetch }: SubmitOnce, origin: string, tries: number): Promise<void> {
  for (let left = tries; left > 0; left -= 1) {
    try {
      const answer = await fetch(`${origin}/submit`, { method: "POST", body: "{}" });
      await answer.text();
      if (answer.ok) return;
    } catch {
      // It tries again.
    }
  }
}

describe("one paid request for an attempt", () => {
  test.each(Object.entries(faults))("when the host is: %s", async (_, [behave, kinds]) => {
    script = [behave, faults["taken"]![0], faults["taken"]![0]];
    const from = host.arrived.length;
    const submit = begin();
    await stubborn(submit, host.origin, 4);
    expect(paidSince(from)).toBe(1);
    expect(kinds).toContain(submit.outcome().kind);
  });

  test("holds for every script, every stubbornness and requests side by side", async () => {
    const scripts = fc.array(fc.constantFrom(...Object.keys(faults)), { maxLength: 6 });
    const lanes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(scripts, lanes, fc.boolean(), async (names, tries, isClosed) => {
        script = names.map((name) => faults[name]![0]);
        const from = host.arrived.length;
        const submit = begin();
        const origin = isClosed ? "http://127.0.0.1:1" : host.origin;
        expect(submit.outcome()).toEqual({ kind: "not-sent" });
        await Promise.all(tries.map((count) => stubborn(submit, origin, count)));
        const kinds = isClosed ? ["not-sent"] : (faults[names[0] ?? "taken"]?.[1] ?? []);
        expect(kinds).toContain(submit.outcome().kind);
        expect(paidSince(from)).toBe(isClosed ? 0 : 1);
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  test("shows a client a status that it does not repeat, and a refusal that means something as it is", async () => {
    script = [faults["limited"]![0], faults["error"]![0], faults["invalid"]![0]];
    const statuses = [];
    for (let each = 0; each < 3; each += 1) {
      const submit = begin();
      const answer = await submit.fetch(`${host.origin}/submit`, { method: "POST" });
      statuses.push([answer.status, answer.headers.get("retry-after"), submit.outcome()]);
    }
    expect(statuses).toEqual([
      [598, "7", { kind: "refused", status: 429, retryAfterMs: 7000 }],
      [599, null, { kind: "unknown" }],
      [422, null, { kind: "refused", status: 422, retryAfterMs: null }],
    ]);
  });

  test("believes a provider that says which errors mean that it took nothing", async () => {
    script = [faults["busy"]![0]];
    const send = egress.within([host.origin], limits);
    const submit = submitOnce({ send, nowMs: clock.nowMs, notTaken: [503] });
    await submit.fetch(host.origin, { method: "POST" });
    expect(submit.outcome()).toEqual({ kind: "refused", status: 503, retryAfterMs: null });
  });

  test("leaves what is not paid alone", async () => {
    const isPaid = (method: string, url: URL) => method === "POST" && url.pathname === "/submit";
    const send = egress.within([host.origin], limits);
    const submit = submitOnce({ send, nowMs: clock.nowMs, isPaid });
    const from = host.arrived.length;
    await submit.fetch(`${host.origin}/upload`, { method: "POST" });
    await submit.fetch(`${host.origin}/upload`, { method: "POST" });
    await submit.fetch(`${host.origin}/status`);
    expect(host.arrived).toHaveLength(from + 3);
    expect(submit.outcome()).toEqual({ kind: "not-sent" });
  });

  test("that the caller stopped on its way is told as stopped, and as unknown", async () => {
    const stop = new AbortController();
    script = [() => stop.abort()];
    const submit = begin();
    const init = { method: "POST", signal: stop.signal };
    await expect(submit.fetch(host.origin, init)).rejects.toMatchObject({ name: "AbortError" });
    expect(submit.outcome()).toEqual({ kind: "unknown" });
    const early = begin();
    await expect(early.fetch(host.origin, init)).rejects.toMatchObject({ name: "AbortError" });
    expect(early.outcome()).toEqual({ kind: "not-sent" });
  });
});

describe("a wait that a host asks for", () => {
  const nowMs = Date.UTC(2026, 0, 1);
  test.each([
    [{ "retry-after": "7" }, 7000],
    [{ "retry-after-ms": "250", "retry-after": "7" }, 250],
    [{ "retry-after": new Date(nowMs + 5000).toUTCString() }, 5000],
    [{ "retry-after": new Date(nowMs - 5000).toUTCString() }, 0],
    [{ "retry-after": "soon" }, null],
    [{ "retry-after": "-1" }, null],
    [{ "retry-after": "1e400" }, null],
    [{}, null],
  ])("%j", (headers, waitMs) => {
    expect(readRetryAfter(new Headers(headers), nowMs)).toBe(waitMs);
  });
});
