import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbove } from "#domain/cost";
import type { Graph, Node } from "#domain/graph";
import { definitionOf } from "#domain/nodes/index";
import type { RunTarget } from "#domain/run-target";
import { findStale, planRun } from "#domain/plan-run";
import type { KnownResult } from "#domain/version";
import { ancestorsOf, descendantsOf, inputsOf } from "#domain/walk-graph";
import { arbitraryGraph } from "../helpers/arbitrary-graph.ts";
import { assetItem, changeNode, hashText, textItem } from "../helpers/build-graph.ts";
import { executePlan } from "../helpers/execute-plan.ts";
import { testModels as models } from "../helpers/test-models.ts";

const isRunnable = (node: Node) => definitionOf(node.type).task !== null;
const planFor = (
  graph: Graph,
  target: RunTarget,
  known: ReadonlyMap<string, KnownResult> = new Map(),
  isAgain = false,
) => planRun(graph, target, { models, known, hashText, isAgain });
const allOf = (graph: Graph, known?: ReadonlyMap<string, KnownResult>) =>
  planFor(graph, { mode: "all" }, known);
const most = (count: number) => count;
/** A board whose every node has run. */
const runAll = (graph: Graph) =>
  executePlan(graph, allOf(graph).plan, models, new Map(), most).known;

const boards = arbitraryGraph(models).filter((graph) => graph.nodes.some(isRunnable));
const picks = fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 6 });
const pickNode = (graph: Graph, at: number) => {
  const runnable = graph.nodes.filter(isRunnable);
  return runnable[at % runnable.length]!;
};
const targetOf = (graph: Graph, mode: RunTarget["mode"], list: readonly number[]): RunTarget => {
  const nodes = list.map((at) => pickNode(graph, at).id);
  if (mode === "all") return { mode };
  return mode === "selected" ? { mode, nodes } : { mode, node: nodes[0]! };
};
const modes = fc.constantFrom(
  "this-node",
  "from-here",
  "up-to-here",
  "connected",
  "selected",
  "all",
) satisfies fc.Arbitrary<RunTarget["mode"]>;

/** The results that some nodes happen to have: good ones, old ones of any number, none. */
const leftovers = fc.array(fc.constantFrom("good", "old", "none"), { minLength: 1, maxLength: 6 });
function knownFrom(graph: Graph, kinds: readonly string[]): Map<string, KnownResult> {
  const after = runAll(graph);
  const known = new Map<string, KnownResult>();
  for (const [at, node] of graph.nodes.filter(isRunnable).entries()) {
    const kind = kinds[at % kinds.length];
    const good = after.get(node.id);
    if (kind === "good" && good) known.set(node.id, good);
    if (kind !== "old") continue;
    const isText = node.type === "assistant";
    const items = Array.from({ length: 1 + (at % 3) }, (_, each) =>
      isText ? textItem(`old ${at} ${each}`) : assetItem(`old ${at} ${each}`),
    );
    known.set(node.id, { fingerprint: "old", items });
  }
  return known;
}

describe("any plan", () => {
  test("has its steps in an order that respects every connection, through lists too", () => {
    fc.assert(
      fc.property(boards, (graph) => {
        const { plan, issues } = allOf(graph);
        expect(issues).toEqual([]);
        const place = new Map(plan.steps.map((step, at) => [step.node, at]));
        expect([...place.keys()].sort()).toEqual(
          graph.nodes
            .filter(isRunnable)
            .map((node) => node.id)
            .sort(),
        );
        for (const step of plan.steps) {
          for (const above of ancestorsOf(graph, [step.node])) {
            if (place.has(above)) expect(place.get(above)).toBeLessThan(place.get(step.node)!);
          }
          for (const { from } of inputsOf(graph, step.node)) {
            if (place.has(from.node)) expect(step.needs).toContain(from.node);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test("never runs a node whose fingerprint holds", () => {
    fc.assert(
      fc.property(boards, modes, picks, (graph, mode, list) => {
        const { plan, issues } = planFor(graph, targetOf(graph, mode, list), runAll(graph));
        expect(issues).toEqual([]);
        expect(plan.steps.filter((step) => step.action === "run")).toEqual([]);
        expect(plan.credits).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  test("costs at least what any execution of it can cost, step by step", () => {
    let planned = 0;
    fc.assert(
      fc.property(
        boards,
        modes,
        picks,
        leftovers,
        fc.infiniteStream(fc.nat()),
        fc.boolean(),
        (graph, mode, list, kinds, chance, isAgain) => {
          const known = knownFrom(graph, kinds);
          const { plan, issues } = planFor(graph, targetOf(graph, mode, list), known, isAgain);
          if (issues.length > 0) return;
          planned += 1;
          const draw = (count: number) => 1 + ((chance.next().value ?? 0) % count);
          const done = executePlan(graph, plan, models, known, draw);
          expect(isAbove(done.cost, plan)).toBe(false);
          for (const step of plan.steps) {
            expect(done.costs.get(step.node)?.length ?? 0).toBeLessThanOrEqual(step.calls);
            const isKnown = step.action === "run" && step.fingerprint !== null;
            if (isKnown) expect(done.known.get(step.node)?.fingerprint).toBe(step.fingerprint);
          }
          expect(done.called).toHaveLength(
            plan.steps.filter((step) => step.action === "run").length,
          );
        },
      ),
      { numRuns: 400 },
    );
    expect(planned).toBeGreaterThan(150);
  });

  test("leaves nothing to run after it was executed", () => {
    fc.assert(
      fc.property(boards, leftovers, (graph, kinds) => {
        const known = knownFrom(graph, kinds);
        const { plan, issues } = allOf(graph, known);
        fc.pre(issues.length === 0);
        const done = executePlan(graph, plan, models, known, most);
        expect(allOf(graph, done.known).plan.steps.map((step) => step.action)).not.toContain("run");
        expect(findStale(graph, { models, known: done.known, hashText })).toEqual(new Set());
      }),
      { numRuns: 200 },
    );
  });
});

describe("what a result depends on", () => {
  test("is not how nodes are called: other ids, titles and places change no fingerprint", () => {
    fc.assert(
      fc.property(boards, (graph) => {
        const after = runAll(graph);
        const name = (id: string) => `layer ${hashText(id)}`;
        const renamed: Graph = {
          nodes: graph.nodes.map((node) => ({ ...node, id: name(node.id), title: "another" })),
          connections: graph.connections.map(({ from, to, order }) => ({
            from: { ...from, node: name(from.node) },
            to: { ...to, node: name(to.node) },
            order: order * 3 + 1,
            via: "9:9",
          })),
        };
        const known = new Map([...after].map(([id, result]) => [name(id), result]));
        expect(allOf(renamed, known).plan.credits).toBe(0);
        expect(findStale(renamed, { models, known, hashText })).toEqual(new Set());
      }),
      { numRuns: 200 },
    );
  });

  test("is every setting: changing one runs the node again and everything below it", () => {
    fc.assert(
      fc.property(boards, fc.nat(), (graph, at) => {
        const after = runAll(graph);
        const { id } = pickNode(graph, at);
        const other = changeNode(graph, id, (node) => {
          const text = node.type === "assistant" ? "instruction" : "prompt";
          const setting =
            node.type === "image-upscaler"
              ? { scale: "8" }
              : node.type === "camera-angles"
                ? { zoom: 9.5 }
                : { [text]: "something else" };
          return { ...node, settings: { ...node.settings, ...setting } };
        });
        const below = [...descendantsOf(graph, [id])].filter((each) =>
          graph.nodes.some((node) => node.id === each && isRunnable(node)),
        );
        const expected = [id, ...below].sort();
        const { plan } = planFor(other, { mode: "from-here", node: id }, after);
        const running = plan.steps.filter((step) => step.action === "run");
        expect(running.map((step) => step.node).sort()).toEqual(expected);
        const reasons = new Map(running.map((step) => [step.node, step.reason]));
        expect(reasons.get(id)).toBe("changed");
        for (const each of below) expect(reasons.get(each)).toBe("upstream-runs");
        expect([...findStale(other, { models, known: after, hashText })].sort()).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
