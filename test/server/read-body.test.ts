import { describe, expect, test } from "vitest";
import { graphSchema } from "#domain/graph";
import { isTooDeep } from "../../server/is-too-deep.ts";
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

describe("a text of JSON", () => {
  test.each([
    ["[[1]]", false],
    ["[[[1]]]", true],
    ['{"a":[{"b":1}]}', true],
    ["[[1],[2],{}]", false],
    [String.raw`["[[[", "\"[[[", "\\"]`, false],
    ["]]]]", false],
    ['["never closed', false],
  ])("%s is nested more than two levels deep: %s", (text, expected) => {
    expect(isTooDeep(text, 2)).toBe(expected);
  });

  test("of megabytes is read through, also where it is one long string", () => {
    expect(isTooDeep(`"${"[".repeat(9_000_000)}"`, 2)).toBe(false);
  });
});
