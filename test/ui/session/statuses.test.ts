import { describe, expect, it } from "vitest";
import type { Failure } from "#domain/failure";
import type { Graph } from "#domain/graph";
import { planRun } from "#domain/plan-run";
import type { RunEvent } from "#domain/run-event";
import { applyEvent } from "#domain/run";
import type { Version } from "#domain/version";
import { readFlow, withRuns, type FlowFacts } from "../../../ui/session/flow-facts.ts";
import { hashText } from "../../../ui/session/hash.ts";
import { statusesOf } from "../../../ui/session/status-of-node.ts";
import { trackRun, type TrackedRun } from "../../../ui/session/tracked-run.ts";
import { runButton, type RunState } from "../../../ui/session/run-button.ts";
import { viewOfRuns } from "../../../ui/session/view-of-runs.ts";
import { layer, page } from "../../helpers/build-board.ts";
import { assetItem, buildGraph, changeNode } from "../../helpers/build-graph.ts";
import { testModels } from "../../helpers/test-models.ts";

const graph = buildGraph().text("t").image("a").upscaler("b").upscaler("c");
const chain = graph.join("t", "a").join("a", "b").join("b", "c").done();

const models = testModels;

function factsOf(
  given: Graph,
  versions: readonly Version[] = [],
  runs: readonly TrackedRun[] = [],
  layers = given.nodes.map(({ id }) => layer(id, "SECTION")),
): FlowFacts {
  const board = { graph: given, suggestions: [], lines: [], issues: [] };
  const still = readFlow({
    page: page(...layers),
    board,
    models,
    versions: new Map(versions.map((version) => [version.node, version])),
    read: new Map(),
  });
  return withRuns(still, runs);
}

const list = { microDollars: 0, priceBasis: "list" } as const;

function planOf(given: Graph) {
  const context = { models, known: new Map(), hashText, isAgain: false };
  return planRun(given, { mode: "all" }, context).plan;
}

function versionOf(node: string, changes: Partial<Version> = {}): Version {
  const fingerprint = planOf(chain).steps.find((step) => step.node === node)?.fingerprint ?? "-";
  return {
    id: `version of ${node}`,
    node,
    run: "earlier",
    fingerprint,
    items: [assetItem(node)],
    model: "m",
    settings: {},
    prompts: [],
    seeds: [],
    notes: [],
    credits: 3,
    ...list,
    member: "Ana",
    atMs: 1_000,
    ...changes,
  };
}

function runOf(...events: readonly RunEvent[]): TrackedRun {
  const plan = planOf(chain);
  const tracked = trackRun({
    id: "run",
    file: "file",
    state: "running",
    plan,
    credits: 0,
    microDollars: 0,
    startedBy: "Ana",
    startedAtMs: 2_000,
    endedAtMs: null,
    lastEvent: 0,
  });
  const all: readonly RunEvent[] = [{ type: "run-start", plan }, ...events];
  const run = all.reduce((before, event, at) => {
    return applyEvent(before, { number: at + 1, atMs: 2_000, event });
  }, tracked.run);
  return { ...tracked, run };
}

const failure: Failure = {
  code: "provider-refused",
  message: "The provider refused the prompt.",
  isRetryable: false,
};
const kindsOf = (facts: FlowFacts) =>
  [...statusesOf(facts)].map(([id, { kind }]) => `${id} ${kind}`).join(", ");

describe("how nodes stand", () => {
  it("is told of a flow that never ran, from what it has", () => {
    expect(kindsOf(factsOf(chain))).toBe("t done, a ready, b ready, c ready");
    const empty = buildGraph().text("t", "").image("a", {}).upscaler("b").done();
    expect(kindsOf(factsOf(empty))).toBe("t empty, a empty, b empty");
    const unjoined = { ...chain, connections: chain.connections.slice(0, 1) };
    expect(kindsOf(factsOf(unjoined, [versionOf("b")]))).toMatch(/b not-ready, c empty/);
  });

  it("follows a run, with what waits for what", () => {
    const started: RunEvent = { type: "node-start", node: "a", calls: 1 };
    expect(kindsOf(factsOf(chain, [], [runOf()]))).toBe("t done, a queued, b queued, c queued");
    const half = runOf(started, { type: "node-progress", node: "a", done: 0.4 });
    const facts = factsOf(chain, [], [half]);
    expect(kindsOf(facts)).toBe("t done, a running, b waiting, c waiting");
    expect(statusesOf(facts).get("a")).toEqual({
      kind: "running",
      text: "Running · 40 %",
      done: 0.4,
    });
    const [view] = viewOfRuns([half], chain, 2_000);
    expect(view?.steps.map(({ stateText }) => stateText)).toEqual([
      "Running · 40 %",
      "Queued",
      "Queued",
    ]);
  });

  it("tells where a node stands in its provider's line, until it waits no more", () => {
    const started: RunEvent = { type: "node-start", node: "a", calls: 1 };
    const queued: RunEvent = { type: "node-queued", node: "a", position: 3 };
    const facts = factsOf(chain, [], [runOf(started, queued)]);
    expect(kindsOf(facts)).toBe("t done, a queued, b waiting, c waiting");
    expect(statusesOf(facts).get("a")?.text).toBe("Waiting, 3rd in line");
    const [view] = viewOfRuns([runOf(started, queued)], chain, 2_000);
    expect(view?.steps[0]?.stateText).toBe("Waiting, 3rd in line");
    const entered = runOf(started, queued, { type: "node-queued", node: "a", position: 0 });
    expect(statusesOf(factsOf(chain, [], [entered])).get("a")?.text).toBe("Running");
  });

  it("tells of a result that waits for room, until it is kept", () => {
    const started: RunEvent = { type: "node-start", node: "a", calls: 1 };
    const full: RunEvent = { type: "node-no-room", node: "a", isWaiting: true };
    const [view] = viewOfRuns([runOf(started, full)], chain, 2_000);
    expect(view?.steps[0]?.stateText).toBe("Made, waiting for room in the relay's storage");
    const kept = runOf(started, full, { ...full, isWaiting: false });
    expect(statusesOf(factsOf(chain, [], [kept])).get("a")?.text).toBe("Running");
  });

  it("tells what failed and what waits behind it, until a newer result comes", () => {
    const failed = runOf(
      { type: "node-start", node: "a", calls: 1 },
      { type: "node-failure", node: "a", failure, credits: 2, ...list, version: null },
      { type: "node-skipped", node: "b", because: "a" },
      { type: "node-skipped", node: "c", because: null },
      { type: "run-end", state: "failed", credits: 2, microDollars: 0 },
    );
    const facts = factsOf(chain, [versionOf("a")], [failed]);
    expect(statusesOf(facts).get("a")?.text).toBe(failure.message);
    expect(statusesOf(facts).get("b")?.text).toBe("Waiting for a: failed");
    expect(kindsOf(facts)).toBe("t done, a failed, b blocked, c cancelled");
    const newer = factsOf(chain, [versionOf("a", { atMs: 3_000 })], [failed]);
    expect(statusesOf(newer).get("a")?.kind).toBe("done");
    const [view] = viewOfRuns([failed], chain, 2_000);
    expect(view).toMatchObject({ outcome: "failed", costText: "2 credits", canCancel: false });
    expect(view?.steps[0]).toMatchObject({ failure: failure.message, costText: "2 credits" });
  });

  it("calls a result stale when what it was made from changed, a locked one never", () => {
    const other = changeNode(chain, "t", (node) => ({ ...node, settings: { text: "other" } }));
    expect(kindsOf(factsOf(chain, [versionOf("a")]))).toMatch(/a done/);
    expect(kindsOf(factsOf(other, [versionOf("a")]))).toMatch(/a stale/);
    const locked = changeNode(other, "a", (node) => ({ ...node, isLocked: true }));
    expect(kindsOf(factsOf(locked, [versionOf("a")]))).toMatch(/a locked/);
  });

  it("does not call a result stale for a picture that nobody has read", () => {
    const pictured = buildGraph().node("m", "media").upscaler("b").join("m", "b").done();
    const picture = { kind: "image", hash: "figma" } as const;
    const layers = [layer("m", "RECTANGLE", { picture }), layer("b", "SECTION")];
    expect(kindsOf(factsOf(pictured, [versionOf("b")], [], layers))).toBe("m done, b done");
  });
});

describe("the run button", () => {
  const free: RunState = { obstacle: null, isBusy: false };
  const buttonOf = (facts: FlowFacts, id: string, state = free) =>
    runButton(
      facts,
      facts.graph.nodes.filter((node) => node.id === id),
      state,
    );

  it("does what can be done: up to here where something above has no result yet", () => {
    expect(buttonOf(factsOf(chain), "a")?.modes[0]?.target.mode).toBe("this-node");
    const below = buttonOf(factsOf(chain), "c");
    expect(below).toMatchObject({ label: "Run up to here", problem: null });
    expect(below?.modes.find(({ target }) => target.mode === "this-node")?.problem).toMatch(
      /no result yet/,
    );
  });

  it("says when everything still holds, and what stands in the way of all runs", () => {
    expect(buttonOf(factsOf(chain, [versionOf("a")]), "a")).toMatchObject({
      label: "Up to date",
      priceText: null,
    });
    const blocked = { obstacle: "No relay.", isBusy: false };
    const button = buttonOf(factsOf(chain), "a", blocked);
    expect(button?.modes.every(({ problem }) => problem === "No relay.")).toBe(true);
  });

  it("runs what a source feeds, and is missing where it feeds nothing", () => {
    expect(buttonOf(factsOf(chain), "t")?.modes[0]?.target.mode).toBe("from-here");
    expect(buttonOf(factsOf(buildGraph().text("t").done()), "t")).toBeNull();
  });
});
