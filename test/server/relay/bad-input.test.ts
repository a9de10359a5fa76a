import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { graphLimits } from "#domain/graph-limits";
import { free } from "#domain/price";
import type { RunEvent } from "#domain/run-event";
import { isWellFormed } from "#domain/well-formed";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";

const provider = createFakeProvider({
  models: [fakeModel("text", { price: free })],
  answer: ({ request }) => ({
    outputs: [{ kind: "text", text: request.task === "text" ? request.instruction : "" }],
    billedCredits: null,
    notes: [],
  }),
});
let opened: TestRelay;
beforeAll(async () => {
  opened = await openTestRelay([provider]);
});
afterAll(() => opened.close());

const assistant = (instruction: string) =>
  buildGraph().node("a", "assistant", { model: "fake:text", settings: { instruction } }).done();
const bodyOf = (graph: object) => ({
  file: "file-1",
  graph,
  target: { mode: "all" },
  isAgain: false,
});
const post = (path: string, body: object, headers: Record<string, string> = {}) => {
  const text = JSON.stringify(body);
  return opened.ask(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: text,
  });
};

/** Quotes, starts and follows; null where it was refused. */
async function runThrough(instruction: string): Promise<RunEvent[] | null> {
  const body = bodyOf(assistant(instruction));
  const quoted = await post("/v1/quotes", body);
  const quote = (await quoted.json()) as { id: string; issues: unknown[] };
  if (quoted.status !== 200 || quote.issues.length > 0) return null;
  const headers = { "idempotency-key": `press of ${quote.id}` };
  const started = await post("/v1/runs", { ...body, quote: quote.id }, headers);
  const run = (await started.json()) as { id: string };
  expect(started.status).toBe(200);
  const events: RunEvent[] = [];
  for await (const { event } of opened.client.events(run.id, 0)) events.push(event);
  return events;
}

describe("F49: a prompt of any characters", () => {
  const pieces = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.constantFrom(
      "\u0000",
      "\ud800",
      "\udc00",
      "\ufeff",
      "\u202e",
      "👩‍👩‍👧",
      "\u{e0041}",
      "'",
      "\r\n",
    ),
  );

  test("comes through stores, events and provider as it was sent, or is refused", async () => {
    const met = { kept: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { minLength: 1, maxLength: 3 }), async (parts) => {
        const text = `say ${parts.join("")}.`;
        const events = await runThrough(text);
        expect(events !== null).toBe(isWellFormed(text));
        met[events ? "kept" : "refused"] += 1;
        if (!events) return;
        const end = events.find(
          (event) => event.type === "node-end" || event.type === "node-reused",
        );
        const version = end && "version" in end ? end.version : null;
        expect(version?.items).toEqual([{ kind: "text", text }]);
        expect(version?.settings["instruction"]).toBe(text);
      }),
      { numRuns: 40, seed: 49 },
    );
    expect(Math.min(met.kept, met.refused)).toBeGreaterThan(5);
  });

  test("that is huge is an issue before anything is asked or held", async () => {
    const asked = provider.calls.length;
    const answer = await post("/v1/quotes", bodyOf(assistant("x".repeat(50_000))));
    const { issues, credits } = (await answer.json()) as { issues: unknown[]; credits: number };
    expect([answer.status, issues.length > 0, credits]).toEqual([200, true, 0]);
    expect(provider.calls).toHaveLength(asked);
  });
});

describe("F43, F45: a graph that is too much", () => {
  test("in nodes, connections or calls holds nothing and starts nothing", async () => {
    const nodes = Array.from({ length: 10_000 }, (_, at) => ({
      ...assistant("a").nodes[0]!,
      id: `n${at}`,
    }));
    const many = await post("/v1/quotes", bodyOf({ nodes, connections: [] }));
    expect([400, 413, 422]).toContain(many.status);
    const wire = { from: { node: "a", port: "text" }, to: { node: "a", port: "text" }, via: null };
    const connections = Array.from({ length: graphLimits.connections + 1 }, (_, order) => ({
      ...wire,
      order,
    }));
    const wired = await post("/v1/quotes", bodyOf({ ...assistant("a"), connections }));
    expect([400, 413, 422]).toContain(wired.status);
    const { held } = await opened.client.call("status", { body: undefined });
    expect(held).toBe(0);
  });
});
