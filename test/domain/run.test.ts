import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Plan, Step } from "#domain/plan";
import { applyEvent, newRun, outcomeOf, type Run } from "#domain/run";
import type { NumberedEvent, RunEvent } from "#domain/run-event";
import type { Version } from "#domain/version";
import { textItem } from "../helpers/build-graph.ts";

const list = { microDollars: 0, priceBasis: "list" } as const;
const stepOf = (node: string, action: Step["action"] = "run"): Step => ({
  node,
  action,
  reason: action === "run" ? "first-run" : "up-to-date",
  model: "fake:text",
  needs: [],
  calls: 1,
  credits: 5,
  ...list,
  expectedMs: 1,
  fingerprint: null,
});
const planOf = (...steps: Step[]): Plan => ({
  steps,
  credits: 10,
  microDollars: 0,
  expectedMs: 1,
});
const versionOf = (node: string, credits: number): Version => ({
  id: `version of ${node}`,
  node,
  run: "r",
  fingerprint: "f",
  items: [textItem("x")],
  model: "fake:text",
  settings: {},
  prompts: [],
  seeds: [],
  notes: [],
  credits,
  ...list,
  member: "ana",
  atMs: 1,
});
const failure = { code: "timed-out", message: "It took too long.", isRetryable: true } as const;
const numbered = (events: readonly RunEvent[]): NumberedEvent[] =>
  events.map((event, at) => ({ number: at + 1, atMs: at, event }));
const tell = (events: readonly RunEvent[], run: Run = newRun("r")) =>
  numbered(events).reduce(applyEvent, run);

const start: RunEvent = { type: "run-start", plan: planOf(stepOf("a"), stepOf("b")) };
const story: readonly RunEvent[] = [
  start,
  { type: "node-start", node: "a", calls: 2 },
  { type: "node-progress", node: "a", done: 0.5 },
  { type: "node-end", node: "a", version: versionOf("a", 4) },
  { type: "node-start", node: "b", calls: 1 },
  { type: "node-failure", node: "b", failure, credits: 2, ...list, version: null },
  { type: "run-end", state: "failed", credits: 6, microDollars: 0 },
];

describe("a run told by its events", () => {
  test("begins with every step of its plan waiting", () => {
    const run = tell([start]);
    expect(Object.values(run.steps).map((step) => step.state)).toEqual(["waiting", "waiting"]);
    expect(run).toMatchObject({ state: "running", lastEvent: 1, credits: 0 });
  });

  test("knows how far a node is, what it gave and what it has cost so far", () => {
    expect(tell(story.slice(0, 3)).steps["a"]).toMatchObject({ state: "running", done: 0.5 });
    const run = tell(story.slice(0, 6));
    expect(run.steps["a"]).toMatchObject({
      state: "done",
      version: { id: "version of a" },
      credits: 4,
    });
    expect(run.steps["b"]).toMatchObject({ state: "failed", failure, credits: 2 });
    expect(run.credits).toBe(6);
  });

  test("keeps what succeeded before a failure, and says behind whom a node waits", () => {
    const run = tell([
      start,
      { type: "node-failure", node: "a", failure, credits: 1, ...list, version: versionOf("a", 1) },
      { type: "node-skipped", node: "b", because: "a" },
      { type: "run-cancel" },
    ]);
    expect(run.steps["a"]?.version?.id).toBe("version of a");
    expect(run.steps["b"]).toMatchObject({ state: "skipped", because: "a" });
    expect(run.isStopping).toBe(true);
  });

  test("takes the id of a node as it is, whatever it is called", () => {
    const run = tell([
      { type: "run-start", plan: planOf(stepOf("__proto__")) },
      { type: "node-reused", node: "constructor", version: versionOf("constructor", 0) },
    ]);
    expect(Object.entries(run.steps).map(([id, step]) => [id, step.state])).toEqual([
      ["__proto__", "waiting"],
      ["constructor", "reused"],
    ]);
  });

  test("comes to the same whatever was repeated, lost and sent again on the way", () => {
    const events = numbered(story);
    const whole = tell(story);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: events.length - 1 }), { maxLength: 40 }), (arrivals) => {
        let run = newRun("r");
        for (const at of arrivals) run = applyEvent(run, events[at]!);
        expect(run).toEqual(tell(story.slice(0, run.lastEvent)));
        for (const event of events.slice(run.lastEvent)) run = applyEvent(run, event);
        expect(run).toEqual(whole);
        for (const event of events) expect(applyEvent(run, event)).toBe(run);
      }),
    );
  });

  test("never changes the run that it was", () => {
    const before = tell(story.slice(0, 2));
    const copy = structuredClone(before);
    applyEvent(before, numbered(story)[2]!);
    expect(before).toEqual(copy);
  });
});

describe("what a run came to", () => {
  const end = (state: "done" | "failed" | "cancelled"): RunEvent => ({
    type: "run-end",
    state,
    credits: 0,
    microDollars: 0,
  });
  const fail = (node: string, version: Version | null = null): RunEvent => ({
    type: "node-failure",
    node,
    failure,
    credits: 0,
    ...list,
    version,
  });
  const kept: RunEvent = { type: "run-start", plan: planOf(stepOf("a", "reuse"), stepOf("b")) };

  test.each([
    ["running", [start]],
    ["completed", [start, end("done")]],
    [
      "cancelled",
      [start, { type: "node-end", node: "a", version: versionOf("a", 1) }, end("cancelled")],
    ],
    ["completed with errors", story],
    ["completed with errors", [start, fail("a", versionOf("a", 1)), end("failed")]],
    [
      "completed with errors",
      [
        start,
        { type: "node-reused", node: "a", version: versionOf("a", 0) },
        fail("b"),
        end("failed"),
      ],
    ],
    [
      "failed",
      [start, fail("a"), { type: "node-skipped", node: "b", because: "a" }, end("failed")],
    ],
    [
      "failed",
      [
        kept,
        { type: "node-reused", node: "a", version: versionOf("a", 0) },
        fail("b"),
        end("failed"),
      ],
    ],
  ] as const)("is %s", (outcome, events) => {
    expect(outcomeOf(tell(events as readonly RunEvent[]))).toBe(outcome);
  });
});
