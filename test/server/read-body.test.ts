import { describe, expect, test } from "vitest";
import { graphSchema } from "#domain/graph";
import { parseWith } from "../../server/read-body.ts";

describe("a request that is not right", () => {
  const node = { id: "1:1", type: "text", title: "", model: null, settings: {}, isLocked: false };
  const sentences: [string, unknown, string][] = [
    [
      "a wrong type",
      { ...node, id: 5 },
      "nodes.0.id: Invalid input: expected string, received number",
    ],
    [
      "too much",
      { ...node, title: "x".repeat(201) },
      "nodes.0.title: Too big: expected string to have <=200 characters",
    ],
    [
      "too little",
      { ...node, id: "" },
      "nodes.0.id: Too small: expected string to have >=1 characters",
    ],
    [
      "our own rule",
      { ...node, title: "\u0000" },
      "nodes.0.title: holds a NUL character or half of a character pair",
    ],
  ];
  test.each(sentences)("is told where and why: %s", (_, wrong, sentence) => {
    const parse = () => parseWith(graphSchema, { nodes: [wrong], connections: [] }, "The request");
    expect(parse).toThrow(`The request is not right: ${sentence}`);
  });
});
