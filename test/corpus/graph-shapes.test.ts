import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkGraph } from "#domain/check-graph";
import type { Connection, Graph, Node } from "#domain/graph";
import { graphSchema } from "#domain/graph";
import { findStale, planRun } from "#domain/plan-run";
import { depthOf, descendantsOf, sortNodes } from "#domain/walk-graph";
import { changeNode, hashText } from "../helpers/build-graph.ts";
import { executePlan } from "../helpers/execute-plan.ts";
import { fakeModel } from "../helpers/fake-provider.ts";
import { describeShared } from "../helpers/shared-folder.ts";
import { readShape, type Shape } from "./graph-shapes.ts";

const models = [fakeModel("text", { inputs: { text: 9_999 }, maxPromptCharacters: 9_999_999 })];
const context = { models, hashText, isAgain: false };

/** The places that become a List: those that pass on something. */
function listsOf(shape: Shape): Set<number> {
  const fed = new Set(shape.edges.map(([, to]) => to));
  return new Set([...shape.reroutes].filter((at) => fed.has(at)));
}

/** The shape in nodes of ours: what passes on becomes a List, everything else an Assistant. */
function graphOf(shape: Shape): Graph {
  const lists = listsOf(shape);
  const nodes = Array.from({ length: shape.nodes }, (_, at): Node => {
    const common = { id: `${at}`, title: `Node ${at}`, model: null, isLocked: false };
    if (lists.has(at)) return { ...common, type: "list", settings: {} };
    return { ...common, type: "assistant", settings: { instruction: `say ${at}` } };
  });
  const connections = shape.edges.map(([from, to], order): Connection => ({
    from: { node: `${from}`, port: lists.has(from) ? "items" : "text" },
    to: { node: `${to}`, port: lists.has(to) ? "items" : "text" },
    order,
    via: null,
  }));
  return graphSchema.parse({ nodes, connections });
}

/** Reachability by closure over a matrix, which shares nothing with the walk that it judges. */
function reachability(shape: Shape): Uint8Array[] {
  const reach = Array.from({ length: shape.nodes }, () => new Uint8Array(shape.nodes));
  for (const [from, to] of shape.edges) reach[from]![to] = 1;
  for (let middle = 0; middle < shape.nodes; middle += 1) {
    const next = reach[middle]!;
    for (const row of reach) {
      if (row[middle] === 1) for (let to = 0; to < shape.nodes; to += 1) row[to]! |= next[to]!;
    }
  }
  return reach;
}

/** What the page on the origin of the files says of one, counted by other people's code. */
function describedIn(page: string, file: string) {
  const row = page.split("\n").find((line) => line.includes(`| ${file} |`)) ?? "";
  const match = /(\d+) nodes \/ (\d+) edges, depth (\d+)/.exec(row);
  if (!match) return null;
  const [nodes, edges, depth] = match.slice(1).map(Number);
  return { nodes, edges, depth, isCyclic: row.includes("CYCLIC") };
}

describeShared("graphs that other people made", "fixtures/graphs", (folder) => {
  const page = readFileSync(join(folder, "../PROVENANCE.md"), "utf8");
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

  test("are at least twenty", () => {
    expect(files.length).toBeGreaterThanOrEqual(20);
  });

  describe.each(files)("%s", (file) => {
    const shape = readShape(readFileSync(join(folder, file), "utf8"));
    const graph = graphOf(shape);
    const reach = reachability(shape);
    const isCyclic = reach.some((row, at) => row[at] === 1);
    const { order, cycle } = sortNodes(graph);

    test("is read whole", () => {
      const described = describedIn(page, file);
      expect(shape.nodes).toBeGreaterThan(2);
      expect(shape.edges.length).toBeGreaterThan(2);
      if (described === null) return;
      expect({ nodes: shape.nodes, edges: shape.edges.length, isCyclic }).toEqual({
        nodes: described.nodes,
        edges: described.edges,
        isCyclic: described.isCyclic,
      });
      // The page counts the connections of the longest chain, we count its nodes.
      if (!isCyclic) expect(depthOf(graph, order)).toBe((described.depth ?? 0) + 1);
    });

    test("is sorted so that nothing comes before what feeds it, and only a circle is left out", () => {
      for (const [at, id] of order.entries()) {
        for (const later of order.slice(at)) expect(reach[Number(later)]![Number(id)]).toBe(0);
      }
      const onOrBelowCircle = graph.nodes.filter(({ id }) =>
        reach.some((row, at) => row[at] === 1 && (at === Number(id) || row[Number(id)] === 1)),
      );
      expect(order.length + onOrBelowCircle.length).toBe(shape.nodes);
      expect(cycle !== undefined).toBe(isCyclic);
      for (const id of cycle ?? []) {
        expect(reach[Number(id)]![Number(cycle?.[0])]).toBe(1);
      }
    });

    test("reaches down exactly as far as its connections do", () => {
      for (const { id } of graph.nodes) {
        const expected = graph.nodes.filter((node) => reach[Number(id)]![Number(node.id)] === 1);
        expect(descendantsOf(graph, [id])).toEqual(new Set(expected.map((node) => node.id)));
      }
    });

    if (isCyclic) {
      test("is refused as a whole, and runs where the circle does not reach", () => {
        const issues = checkGraph(graph, models).filter((issue) => issue.code === "cycle");
        expect(issues).toHaveLength(1);
        const known = new Map();
        expect(planRun(graph, { mode: "all" }, { ...context, known }).issues[0]?.code).toBe(
          "cycle",
        );
        const node = order.find((id) => !listsOf(shape).has(Number(id)))!;
        const alone = planRun(graph, { mode: "up-to-here", node }, { ...context, known });
        expect(alone.issues).toEqual([]);
        expect(alone.plan.steps.length).toBeGreaterThan(0);
      });
      return;
    }

    test("plans, runs, and after a change runs exactly what is below it", () => {
      expect(checkGraph(graph, models)).toEqual([]);
      const { plan, issues } = planRun(graph, { mode: "all" }, { ...context, known: new Map() });
      expect(issues).toEqual([]);
      expect(plan.steps).toHaveLength(shape.nodes - listsOf(shape).size);
      const { known } = executePlan(graph, plan, models, new Map(), (most) => most);
      const steps = plan.steps.map((step) => step.node);
      for (const changed of [steps[0]!, steps[steps.length >> 1]!, steps[steps.length - 1]!]) {
        const other = changeNode(graph, changed, (node) => ({
          ...node,
          settings: { instruction: "another" },
        }));
        const below = steps.filter(
          (id) => id === changed || reach[Number(changed)]![Number(id)] === 1,
        );
        expect([...findStale(other, { ...context, known })].sort()).toEqual([...below].sort());
        const target = { mode: "from-here", node: changed } as const;
        const again = planRun(other, target, { ...context, known });
        const running = again.plan.steps.filter((step) => step.action === "run");
        expect(running.map((step) => step.node).sort()).toEqual([...below].sort());
      }
    });
  });
});
