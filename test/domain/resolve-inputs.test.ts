import { describe, expect, test } from "vitest";
import type { NodeType } from "#domain/nodes/index";
import { itemsOfSource, resolveCalls, type PortInputs } from "#domain/resolve-inputs";
import { assetItem, assetNamed, textItem, ticked } from "../helpers/build-graph.ts";

const single = (...items: readonly ReturnType<typeof textItem>[]) => ({ isList: false, items });
const listed = (...items: readonly ReturnType<typeof textItem>[]) => ({ isList: true, items });
const resolve = (type: NodeType, settings: Record<string, unknown>, inputs: PortInputs) =>
  resolveCalls({ type }, null, settings, inputs);

describe("the calls of a node", () => {
  test("have the connected texts in order and then the own prompt, a blank line between", () => {
    const inputs = { prompt: [single(textItem("a cat ")), single(textItem("on a wall"))] };
    expect(resolve("image-generator", { prompt: "in ink" }, inputs)).toEqual([
      { prompt: "a cat\n\non a wall\n\nin ink", items: {}, count: 1 },
    ]);
  });

  test("leave out what is empty", () => {
    const inputs = { prompt: [single(textItem(" \n")), single(textItem("a"))] };
    expect(resolve("image-generator", { prompt: "" }, inputs)[0]?.prompt).toBe("a");
  });

  test("are one for each item of a list, with everything else in each of them", () => {
    const inputs = {
      prompt: [single(textItem("style")), listed(textItem("cat"), textItem("dog"))],
      references: [single(assetItem("r"))],
    };
    expect(resolve("image-generator", {}, inputs)).toEqual([
      { prompt: "style\n\ncat", items: { references: [assetItem("r")] }, count: 1 },
      { prompt: "style\n\ndog", items: { references: [assetItem("r")] }, count: 1 },
    ]);
  });

  test("are one for each item also where a node gave several though it was not a list any more", () => {
    const inputs = { image: [single(assetItem("a"), assetItem("b"))] };
    expect(resolve("image-upscaler", {}, inputs).map((call) => call.items)).toEqual([
      { image: [assetItem("a")] },
      { image: [assetItem("b")] },
    ]);
  });

  test("are one with every item where the input takes a list whole", () => {
    const inputs = {
      text: [listed(textItem("a"), textItem("b"))],
      reference: [listed(assetItem("r"), assetItem("s")), single(assetItem("t"))],
    };
    expect(resolve("assistant", { instruction: "sum up" }, inputs)).toEqual([
      {
        prompt: "a\n\nb\n\nsum up",
        items: {
          text: [textItem("a"), textItem("b")],
          reference: [assetItem("r"), assetItem("s"), assetItem("t")],
        },
        count: 1,
      },
    ]);
  });

  test("are none for an empty list, and one where nothing is connected", () => {
    expect(resolve("image-generator", { prompt: "a" }, { prompt: [listed()] })).toEqual([]);
    expect(resolve("image-generator", { prompt: "a" }, {})).toEqual([
      { prompt: "a", items: {}, count: 1 },
    ]);
  });

  test("keep first and last frame apart", () => {
    const inputs = { first: [single(assetItem("a"))], last: [single(assetItem("b"))] };
    expect(resolve("video-generator", { prompt: "go" }, inputs)).toEqual([
      { prompt: "go", items: { first: [assetItem("a")], last: [assetItem("b")] }, count: 1 },
    ]);
  });

  test("are several where more results are wanted than the model makes at a time", () => {
    const counts = (count: number, outputsPerCall: number) =>
      resolveCalls({ type: "image-generator" }, { inputs: {}, outputsPerCall }, { count }, {}).map(
        (call) => call.count,
      );
    expect([counts(1, 1), counts(5, 2), counts(4, 4), counts(3, 1)]).toEqual([
      [1],
      [2, 2, 1],
      [4],
      [1, 1, 1],
    ]);
  });

  test("hold nothing that the model does not take, and nothing from an input nobody declared", () => {
    const inputs = { references: [listed(assetItem("a"), assetItem("b"))], toString: [] };
    const calls = resolveCalls(
      { type: "image-generator" },
      { inputs: { prompt: 1 }, outputsPerCall: 9 },
      {},
      inputs,
    );
    expect(calls).toEqual([{ prompt: "", items: {}, count: 1 }]);
  });
});

describe("the items of a source", () => {
  test("are its text, unless it is blank", () => {
    expect(itemsOfSource({ type: "text", settings: { text: "hello" } }, {})).toEqual([
      textItem("hello"),
    ]);
    expect(itemsOfSource({ type: "text", settings: { text: "  " } }, {})).toEqual([]);
    expect(itemsOfSource({ type: "text", settings: {} }, {})).toEqual([]);
  });

  test("are its file, if it has one that can be one", () => {
    const settings = { asset: assetNamed("a") };
    expect(itemsOfSource({ type: "upload", settings }, {})).toEqual([assetItem("a")]);
    expect(itemsOfSource({ type: "media", settings: { asset: "a" } }, {})).toEqual([]);
  });

  test("are the ticked entries of a list and then what came, in order", () => {
    const settings = { items: ticked(textItem("own")) };
    const inputs = { items: [listed(textItem("a"), textItem("b")), single(textItem("c"))] };
    expect(itemsOfSource({ type: "list", settings }, inputs)).toEqual(
      ["own", "a", "b", "c"].map((text) => textItem(text)),
    );
  });
});
