import { describe, expect, test } from "vitest";
import { graphLimits } from "#domain/graph-limits";
import type { RunTarget } from "#domain/run-target";
import { assetItem, buildGraph, changeNode, known, textItem } from "../helpers/build-graph.ts";
import { countReads } from "../helpers/count-reads.ts";
import { fakeModel } from "../helpers/fake-provider.ts";
import { testModels } from "../helpers/test-models.ts";
import { board, complaints, plan, ran, steps } from "../helpers/plan-board.ts";

describe("calls and credits", () => {
  test("are one call for each item, and a price times the count", () => {
    const graph = buildGraph()
      .list("l", textItem("x"), textItem("y"), textItem("z"))
      .image("i", { count: 2 })
      .upscaler("u")
      .join("l", "i")
      .join("i", "u")
      .done();
    const { plan: made } = plan(graph, { mode: "all" });
    expect(made.steps.map(({ node, calls, credits }) => ({ node, calls, credits }))).toEqual([
      { node: "i", calls: 3, credits: 18 },
      { node: "u", calls: 6, credits: 30 },
    ]);
    expect(made.credits).toBe(48);
  });

  test("cost nothing where a result is reused, and keep its fingerprint", () => {
    const after = ran(board);
    const [step] = plan(board, { mode: "this-node", node: "a" }, { known: after }).plan.steps;
    const fingerprint = after.get("a")?.fingerprint;
    expect(step).toMatchObject({ calls: 0, credits: 0, expectedMs: 0, fingerprint });
  });

  test("count what a result really has where it is used as it is", () => {
    const results = new Map([["a", known("f", assetItem("1"), assetItem("2"), assetItem("3"))]]);
    const [step] = plan(board, { mode: "this-node", node: "side" }, { known: results }).plan.steps;
    expect(step).toMatchObject({ calls: 3, credits: 15 });
  });

  test("are known before the run exactly where the inputs are: the fingerprint says so", () => {
    const made = plan(board, { mode: "all" }).plan.steps;
    const byNode = new Map(made.map((step) => [step.node, step.fingerprint]));
    expect(byNode.get("a")).toMatch(/^[0-9a-f]{64}$/);
    expect(byNode.get("b")).toBeNull();
  });

  test("F45: are refused over the limit of calls", () => {
    const texts = Array.from({ length: 64 }, (_, at) => textItem(`t${at}`));
    const graph = buildGraph()
      .list("l", ...texts)
      .image("i", { count: 8 })
      .upscaler("u")
      .join("l", "i")
      .join("i", "u")
      .done();
    expect(complaints(graph, { mode: "all" })).toEqual(["limit"]);
    expect(plan(graph, { mode: "all" }).issues[0]?.message).toBe(
      `This run could make 576 calls, most of them in "u"; at most ${graphLimits.calls} are allowed at once. Use fewer items, or run a part of it.`,
    );
  });

  test("take the longest chain for the expected time, not the sum", () => {
    expect(plan(board, { mode: "all" }).plan.expectedMs).toBe(3_000);
  });

  test("wait for the nearest steps above, also through lists", () => {
    const graph = buildGraph()
      .image("a")
      .image("b")
      .list("l")
      .list("m")
      .upscaler("u")
      .join("a", "l")
      .join("b", "m")
      .join("l", "m")
      .join("m", "u")
      .done();
    const needs = plan(graph, { mode: "all" }).plan.steps.find((step) => step.node === "u")?.needs;
    expect([...(needs ?? [])].sort()).toEqual(["a", "b"]);
    expect(complaints(graph, { mode: "this-node", node: "u" })).toEqual(["input-empty u image"]);
  });
});

describe("what stops a run", () => {
  test("is what is wrong in it and above it, not elsewhere on the board", () => {
    const graph = changeNode(board, "lone", (node) => ({ ...node, model: "x:gone" }));
    expect(steps(graph, { mode: "connected", node: "a" })).toHaveLength(4);
    expect(complaints(graph, { mode: "all" })).toEqual(["model-unknown lone"]);
    const empty = changeNode(board, "t", (node) => ({ ...node, settings: {} }));
    expect(complaints(empty, { mode: "from-here", node: "c" })).toEqual(["input-missing t"]);
  });

  test("is a circle only where it feeds the run", () => {
    const graph = buildGraph()
      .image("a")
      .image("b")
      .image("c")
      .join("a", "b", "references")
      .join("b", "a", "references")
      .done();
    expect(steps(graph, { mode: "this-node", node: "c" })).toEqual(["c: run, first-run"]);
    expect(complaints(graph, { mode: "this-node", node: "a" })).toEqual(["cycle a"]);
    expect(complaints(graph, { mode: "all" })).toEqual(["cycle a"]);
  });

  test("is not a model that is missing for a result which is kept", () => {
    const after = ran(board);
    const models = testModels.map((model) =>
      model.task === "image" ? { ...model, unavailable: "The key is missing." } : model,
    );
    expect(
      steps(
        board,
        { mode: "from-here", node: "side" },
        { known: new Map([["a", after.get("a")!]]), models },
      ),
    ).toEqual(["a: reuse, up-to-date", "side: run, first-run"]);
    expect(complaints(board, { mode: "this-node", node: "a" }, { models })).toEqual([
      "model-unavailable a",
    ]);
  });

  test("is a prompt that turns out too long, or more at an input than the model takes", () => {
    const graph = buildGraph()
      .node("w", "assistant", { settings: { instruction: "x" } })
      .image("i", { prompt: "" })
      .join("w", "i", "prompt")
      .image("p")
      .node("d", "assistant", { settings: { instruction: "describe" } })
      .join("p", "d", "reference")
      .done();
    const models = [
      fakeModel("image", { maxPromptCharacters: 10 }),
      fakeModel("text", { inputs: { reference: 1 } }),
    ];
    const results = new Map([
      ["w", known("f", textItem("eleven char"))],
      ["p", known("f", assetItem("1"), assetItem("2"))],
    ]);
    const target = (node: string): RunTarget => ({ mode: "this-node", node });
    expect(complaints(graph, target("i"), { models, known: results })).toEqual(["model-unfit i"]);
    expect(complaints(graph, target("d"), { models, known: results })).toEqual([
      "model-unfit d reference",
    ]);
  });

  test("is said once, though both the board and the run show it", () => {
    const graph = buildGraph()
      .list("l", textItem("a"))
      .list("m", assetItem("b"))
      .image("i")
      .join("l", "i")
      .join("m", "i", "references")
      .done();
    expect(complaints(graph, { mode: "all" })).toEqual(["list-conflict i"]);
  });

  test("F43: is a board of 10,000 nodes, at once and politely", () => {
    const builder = buildGraph().image("n0");
    const [node] = builder.done().nodes;
    const nodes = Array.from({ length: 10_000 }, (_, at) => ({ ...node!, id: `n${at}` }));
    const connections = nodes.slice(1).map(({ id }, at) => ({
      from: { node: `n${at}`, port: "image" },
      to: { node: id, port: "references" },
      order: 0,
      via: null,
    }));
    expect(complaints({ nodes, connections }, { mode: "all" })).toEqual(["limit"]);
    const cut = { nodes: nodes.slice(0, 2_000), connections: connections.slice(0, 1_999) };
    expect(complaints(cut, { mode: "all" })).toEqual(["limit n1999"]);
    expect(complaints(cut, { mode: "this-node", node: "n150" })).toEqual([
      "input-empty n150 references",
    ]);
  });

  test("is never the size of a board within the limits: each of 2,000 nodes is looked at a few times", () => {
    const builder = buildGraph();
    for (let at = 0; at < 2_000; at += 1) builder.image(`n${at}`);
    for (let at = 100; at < 2_000; at += 1) builder.join(`n${at - 100}`, `n${at}`, "references");
    const { nodes, connections } = builder.done();
    const ofNodes = countReads(nodes);
    const ofConnections = countReads(connections);
    const graph = { nodes: ofNodes.things, connections: ofConnections.things };
    expect(complaints(graph, { mode: "all" })).toEqual(["limit"]);
    expect(plan(graph, { mode: "up-to-here", node: "n1999" }).plan.steps).toHaveLength(20);
    // All connections for every node would be two thousand each.
    expect(ofNodes.reads()).toBeLessThan(nodes.length * 400);
    expect(ofConnections.reads()).toBeLessThan(connections.length * 400);
  });
});
