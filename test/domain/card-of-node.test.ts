import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { cardContentSchema, type CardStatus } from "#domain/card";
import { cardOfNode } from "#domain/card-of-node";
import type { Node } from "#domain/graph";
import type { Model } from "#domain/model";
import { nodeTypes } from "#domain/nodes/index";
import { dollars } from "#domain/price";
import { assetItem, assetNamed, textItem, ticked } from "../helpers/build-graph.ts";

const node = (type: Node["type"], settings: Node["settings"] = {}): Node => {
  return { id: "n", type, title: "Title", model: null, settings, isLocked: false };
};
const ready: CardStatus = { kind: "ready", text: "Ready", done: null };
const model: Model = {
  ...{ id: "x:y", provider: "x", title: "Model Y", description: "", task: "image", version: "1" },
  ...{
    fidelity: "generated",
    priceBasis: "list",
    inputs: {},
    maxPromptCharacters: 1,
    expectedMs: 1,
    unavailable: null,
    limits: {},
    outputsPerCall: 9,
    isRetired: false,
    source: "",
  },
  params: {
    ratio: {
      control: "choice",
      label: "Ratio",
      options: [
        { value: "1:1", label: "Square" },
        { value: "16:9", label: "16:9" },
      ],
      default: "1:1",
    },
  },
  price: { kind: "times", setting: "count", price: { kind: "fixed", credits: 2 } },
};

describe("a node's card", () => {
  test.each([
    [
      "a ready node without a result",
      node("image-generator"),
      null,
      { kind: "hint", text: "The result comes here." },
    ],
    ["a node with a picture", node("image-generator"), [assetItem("a")], null],
    [
      "a node with a text",
      node("assistant"),
      [textItem("An answer")],
      { kind: "text", text: "An answer" },
    ],
    ["a text node", node("text", { text: "A note" }), null, { kind: "text", text: "A note" }],
    ["an empty text node", node("text"), null, { kind: "hint", text: "Write a text." }],
    ["a list with items", node("list", { items: ticked(textItem("a")) }), null, null],
    ["a file", node("upload", { asset: assetNamed("a") }), null, null],
  ] as const)("of %s has the body that speaks", (_, of, items, body) => {
    const version = items && { items: [...items] };
    expect(cardOfNode({ node: of, status: ready, model: null, version }).body).toEqual(body);
  });

  test.each(["empty", "not-ready"] as const)(
    "of a node that is %s asks for what it lacks",
    (kind) => {
      const status: CardStatus = { kind, text: "Empty", done: null };
      const of = node("image-generator");
      expect(cardOfNode({ node: of, status, model: null, version: null }).body).toEqual({
        kind: "hint",
        text: "Describe the image you want to generate.",
      });
    },
  );

  test("of a failed node says why, and its pill only that it failed", () => {
    const status: CardStatus = {
      kind: "failed",
      text: "The provider is away. Try again.",
      done: null,
    };
    const version = { items: [assetItem("a")] };
    expect(
      cardOfNode({ node: node("image-generator"), status, model: null, version }),
    ).toMatchObject({
      status: { kind: "failed", text: "Failed" },
      body: { kind: "failure", text: "The provider is away. Try again." },
    });
  });

  test.each([
    [node("image-generator"), model, "Model Y · Square · 2 credits"],
    [
      node("image-generator", { ratio: "16:9", count: 4 }),
      model,
      "Model Y · 16:9 · Images 4 · 8 credits",
    ],
    [
      node("image-generator"),
      { ...model, price: dollars(0.0336), priceBasis: "estimate" as const },
      "Model Y · Square · about $0.0336",
    ],
    [node("image-generator"), null, ""],
    [node("list", { items: ticked(textItem("a"), textItem("b")) }), null, "2 items"],
  ])("has a footer of model, settings and price", (of, on, footer) => {
    expect(cardOfNode({ node: of, status: ready, model: on, version: null }).footer).toBe(footer);
  });

  test("names its inputs from top to bottom", () => {
    const { inputs } = cardOfNode({
      node: node("image-generator"),
      status: ready,
      model,
      version: null,
    });
    expect(inputs).toEqual(["Prompt", "References", "Mask"]);
  });

  test("is one that the main thread takes, whatever the node and its model are called", () => {
    const text = fc.string({ unit: "binary", maxLength: 400 });
    fc.assert(
      fc.property(fc.constantFrom(...nodeTypes), text, fc.json(), (type, title, json) => {
        const settings = { prompt: JSON.parse(json) as never, count: JSON.parse(json) as never };
        const named = { ...model, title: `${title}${title}` };
        const content = cardOfNode({
          node: node(type, settings),
          status: ready,
          model: named,
          version: null,
        });
        expect(content.footer.length).toBeLessThanOrEqual(200);
        const isWhole = title.isWellFormed() && !title.includes("\u0000");
        if (isWhole) expect(z.safeParse(cardContentSchema, content).success).toBe(true);
      }),
    );
  });
});
