import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkGraph } from "#domain/check-graph";
import { type Graph } from "#domain/graph";
import type { Model } from "#domain/model";
import { descendantsOf } from "#domain/walk-graph";
import { arbitraryGraph } from "../helpers/arbitrary-graph.ts";
import { assetItem, buildGraph, changeNode } from "../helpers/build-graph.ts";
import { fakeModel } from "../helpers/fake-provider.ts";
import { testModels } from "../helpers/test-models.ts";

const check = (graph: Graph, models: readonly Model[] = testModels) =>
  checkGraph(graph, models).map(({ message: _, ...issue }) => issue);
const say = (graph: Graph, models: readonly Model[] = testModels) =>
  checkGraph(graph, models).map((issue) => issue.message);
const only = (task: Model["task"], changes: Partial<Model>) => [fakeModel(task, changes)];

describe("settings and models", () => {
  test("a bad setting is named with what is allowed", () => {
    const graph = buildGraph().image("i", { prompt: "x", count: 11 }).done();
    expect(check(graph)).toEqual([{ code: "setting-invalid", nodeId: "i", setting: "count" }]);
  });

  test("a model that nobody knows, of another task, or that cannot run is named", () => {
    const graph = buildGraph().image("i").done();
    const using = (model: string) => changeNode(graph, "i", (node) => ({ ...node, model }));
    const issue = (code: string) => [{ code, nodeId: "i", setting: "model" }];
    expect(check(using("x:gone"))).toEqual(issue("model-unknown"));
    expect(check(using("fake:video"))).toEqual(issue("model-unfit"));
    const closed = only("image", { unavailable: "The key of Fake is missing." });
    expect(check(graph, closed)).toEqual(issue("model-unavailable"));
    expect(say(graph, closed)).toEqual(["The key of Fake is missing."]);
  });

  test("what this model cannot do without is asked for at its input or setting", () => {
    const models = only("image", { title: "Relight", needs: ["prompt", "references"] });
    const typed = buildGraph().image("i", { prompt: "x" }).done();
    expect(check(typed, models)).toEqual([
      { code: "input-missing", nodeId: "i", port: "references" },
    ]);
    expect(say(typed, models)).toEqual(['Relight needs something at "References" of "i".']);
    const given = buildGraph().upload("a").image("i", { prompt: "" }).join("a", "i", "references");
    expect(check(given.done(), models)).toEqual([
      { code: "input-missing", nodeId: "i", port: "prompt" },
    ]);
    const both = buildGraph().upload("a").image("i", { prompt: "x" }).join("a", "i", "references");
    expect(check(both.done(), models)).toEqual([]);
  });

  test("an input that needs another, and two that exclude each other, are told with what to do", () => {
    const models = only("video", {
      title: "Framed",
      ways: [
        { prompt: false, first: true, last: false },
        { prompt: false, references: false },
      ],
    });
    const last = buildGraph()
      .upload("a")
      .upload("b")
      .node("v", "video-generator", { settings: { prompt: "x" } })
      .join("a", "v", "last");
    expect(check(last.done(), models)).toEqual([
      { code: "model-unfit", nodeId: "v", port: "first" },
    ]);
    expect(say(last.done(), models)).toEqual([
      'Framed needs something at "First frame" of "v" for "Last frame".',
    ]);
    expect(check(last.join("b", "v", "first").done(), models)).toEqual([]);
    expect(say(last.join("b", "v", "references").done(), models)).toEqual([
      'Framed cannot take "First frame" and "Last frame" and "References" of "v" together.',
    ]);
  });

  test("a task that no model can do says so", () => {
    const graph = buildGraph()
      .node("v", "video-generator", { settings: { prompt: "x" } })
      .done();
    expect(say(graph, [])).toEqual([
      "Video Generator needs a provider: no model here can do it yet.",
    ]);
  });

  test("an input without which the model cannot be asked is missed; a prompt may be typed", () => {
    const eraser = only("image", {
      title: "Eraser",
      inputs: { prompt: 1, references: 1, mask: 1 },
      needs: ["prompt", "references", "mask"],
    });
    const missing = (port: string) => ({ code: "input-missing", nodeId: "i", port });
    const typed = buildGraph().upload("a").image("i").join("a", "i", "references");
    expect(check(typed.done(), eraser)).toEqual([missing("mask")]);
    expect(say(typed.done(), eraser)).toEqual(['Eraser needs something at "Mask" of "i".']);
    expect(check(typed.join("a", "i", "mask").done(), eraser)).toEqual([]);
    const untyped = buildGraph().upload("a").image("i", {}).join("a", "i", "references").done();
    expect(check(untyped, eraser)).toEqual([missing("prompt")]);
  });

  test("more references than the model takes are counted, those of a list at most one at a time", () => {
    const small = only("image", { title: "Small", inputs: { prompt: 1, references: 1 } });
    const two = buildGraph()
      .upload("a")
      .upload("b")
      .image("i")
      .join("a", "i", "references")
      .join("b", "i", "references")
      .done();
    expect(check(two, small)).toEqual([{ code: "model-unfit", nodeId: "i", port: "references" }]);
    expect(say(two, small)).toEqual([
      'Small takes at most 1 at "References", and 2 can arrive. Choose another model or connect fewer.',
    ]);
    const list = buildGraph()
      .list("l", assetItem("a"), assetItem("b"))
      .image("i")
      .join("l", "i", "references")
      .done();
    expect(check(list, small)).toEqual([]);
  });

  test("a whole list counts with all that it may hold", () => {
    const models = [...only("text", { inputs: { reference: 3 } }), ...only("image", {})];
    const graph = (count: number) =>
      buildGraph()
        .image("i", { prompt: "x", count })
        .node("w", "assistant", { settings: { instruction: "describe" } })
        .join("i", "w", "reference")
        .done();
    expect(check(graph(3), models)).toEqual([]);
    expect(check(graph(4), models)).toEqual([
      { code: "model-unfit", nodeId: "w", port: "reference" },
    ]);
  });

  test("an input that the model does not take is named, and prompts count as one", () => {
    const graph = buildGraph()
      .text("s")
      .text("t")
      .upload("u")
      .node("v", "video-generator")
      .join("s", "v")
      .join("t", "v")
      .join("u", "v", "last")
      .done();
    const model = only("video", { title: "Plain", inputs: { prompt: 1, first: 1 } });
    expect(say(graph, model)).toEqual([
      'Plain takes nothing at "Last frame". Choose another model or remove the connection.',
    ]);
  });

  test("a prompt that is too long by what was typed is named, whatever else may come", () => {
    const models = [...only("image", { maxPromptCharacters: 20 }), ...only("text", {})];
    const graph = buildGraph()
      .text("t", "ten letter")
      .node("w", "assistant", { settings: { instruction: "x", output: "list" } })
      .image("i", { prompt: "nine more" })
      .join("t", "i")
      .join("w", "i")
      .done();
    expect(check(graph, models)).toEqual([{ code: "model-unfit", nodeId: "i", setting: "prompt" }]);
    expect(say(graph, models)).toEqual([
      'The prompt of "i" has 21 characters; Fake image takes at most 20.',
    ]);
    expect(
      check(graph, [...only("image", { maxPromptCharacters: 21 }), ...only("text", {})]),
    ).toEqual([]);
  });
});

describe("the culprit", () => {
  const hurts = {
    setting: (graph: Graph, id: string) =>
      changeNode(graph, id, (node) => ({ ...node, settings: { ...node.settings, nonsense: 1 } })),
    model: (graph: Graph, id: string) =>
      changeNode(graph, id, (node) => ({ ...node, model: "x:gone" })),
  };

  test("is the only one that has an issue: nothing above and nothing below it", () => {
    fc.assert(
      fc.property(
        arbitraryGraph(testModels),
        fc.nat(),
        fc.constantFrom("setting", "model"),
        (graph, pick, how) => {
          const runnable = graph.nodes.filter(
            (node) => !["text", "upload", "media", "list"].includes(node.type),
          );
          const node = runnable[pick % Math.max(1, runnable.length)];
          fc.pre(node !== undefined);
          const issues = checkGraph(hurts[how](graph, node.id), testModels);
          expect(issues.map((issue) => issue.nodeId)).toEqual([node.id]);
          const below = descendantsOf(graph, [node.id]);
          expect(checkGraph(hurts[how](graph, node.id), testModels, below)).toEqual([]);
        },
      ),
    );
  });
});
