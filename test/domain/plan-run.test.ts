import { describe, expect, test } from "vitest";
import type { RunTarget } from "#domain/run-target";
import { buildGraph, known } from "../helpers/build-graph.ts";
import { board, changed, complaints, lock, plan, ran, steps } from "../helpers/plan-board.ts";

describe("the nodes of a run", () => {
  test("this node: itself, with what is above as it is", () => {
    const after = ran(board);
    const stale = changed(changed(board, "a"), "b");
    expect(steps(stale, { mode: "this-node", node: "b" }, { known: after })).toEqual([
      "b: run, changed",
    ]);
    expect(steps(board, { mode: "this-node", node: "b" }, { known: after })).toEqual([
      "b: reuse, up-to-date",
    ]);
  });

  test("this node: names the input that has nothing yet", () => {
    expect(complaints(board, { mode: "this-node", node: "b" })).toEqual([
      "input-empty b references",
    ]);
    expect(plan(board, { mode: "this-node", node: "b" }).issues[0]?.message).toBe(
      '"a" has no result yet, and "b" needs it. Run it first, or run up to here.',
    );
  });

  test("this node: a source does not run", () => {
    expect(complaints(board, { mode: "this-node", node: "t" })).toEqual(["nothing-to-run t"]);
  });

  test("from here: itself and all below, and from above what has no result", () => {
    expect(steps(board, { mode: "from-here", node: "b" })).toEqual([
      "a: run, first-run",
      "b: run, first-run",
      "c: run, first-run",
    ]);
    expect(steps(board, { mode: "from-here", node: "t" })).toHaveLength(4);
  });

  test("from here: what holds above is reused, what does not runs too", () => {
    const after = ran(board);
    expect(steps(changed(board, "b"), { mode: "from-here", node: "b" }, { known: after })).toEqual([
      "a: reuse, up-to-date",
      "b: run, changed",
      "c: run, upstream-runs",
    ]);
    expect(steps(changed(board, "a"), { mode: "from-here", node: "c" }, { known: after })).toEqual([
      "a: run, changed",
      "b: run, upstream-runs",
      "c: run, upstream-runs",
    ]);
  });

  test("up to here: itself and what is empty or stale above, nothing beside or below", () => {
    expect(steps(board, { mode: "up-to-here", node: "b" })).toEqual([
      "a: run, first-run",
      "b: run, first-run",
    ]);
    const after = ran(board);
    expect(steps(changed(board, "b"), { mode: "up-to-here", node: "c" }, { known: after })).toEqual(
      ["a: reuse, up-to-date", "b: run, changed", "c: run, upstream-runs"],
    );
  });

  test("up to a list: what feeds it", () => {
    const graph = buildGraph().image("a").image("b").list("l").join("a", "l").join("b", "l").done();
    expect(steps(graph, { mode: "up-to-here", node: "l" })).toHaveLength(2);
  });

  test("connected: everything that hangs together, ready ones first", () => {
    expect(steps(board, { mode: "connected", node: "side" })).toEqual([
      "a: run, first-run",
      "b: run, first-run",
      "side: run, first-run",
      "c: run, first-run",
    ]);
  });

  test("selected: the selected ones alone; what they miss from above is named", () => {
    expect(steps(board, { mode: "selected", nodes: ["t", "a", "b"] })).toEqual([
      "a: run, first-run",
      "b: run, first-run",
    ]);
    expect(complaints(board, { mode: "selected", nodes: ["a", "c"] })).toEqual([
      "input-empty c references",
    ]);
    expect(complaints(board, { mode: "selected", nodes: ["t"] })).toEqual(["nothing-to-run"]);
  });

  test("all: every node that can run", () => {
    expect(steps(board, { mode: "all" })).toHaveLength(5);
  });

  test("a node that is gone is said to be", () => {
    expect(complaints(board, { mode: "this-node", node: "x" })).toEqual(["node-missing x"]);
    expect(complaints(board, { mode: "selected", nodes: ["a", "x"] })).toEqual(["node-missing x"]);
  });
});

describe("what is run again, and what never is", () => {
  const after = ran(board);

  test("asked again, the node that was pointed at runs though nothing changed", () => {
    const again = { known: after, isAgain: true };
    expect(steps(board, { mode: "this-node", node: "b" }, again)).toEqual(["b: run, asked-again"]);
    expect(steps(board, { mode: "from-here", node: "b" }, again)).toEqual([
      "a: reuse, up-to-date",
      "b: run, asked-again",
      "c: run, upstream-runs",
    ]);
    expect(steps(board, { mode: "from-here", node: "t" }, again)).toHaveLength(4);
    expect(steps(board, { mode: "up-to-here", node: "b" }, again)).toEqual([
      "a: reuse, up-to-date",
      "b: run, asked-again",
    ]);
    expect(steps(board, { mode: "all" }, again).every((step) => step.endsWith("asked-again"))).toBe(
      true,
    );
  });

  test("a locked node keeps its result, also when it changed or was asked again", () => {
    const locked = lock(changed(board, "b"), "b");
    const expected = ["b: reuse, locked", "c: run, changed"];
    const target: RunTarget = { mode: "from-here", node: "b" };
    const other = changed(locked, "c");
    expect(steps(other, target, { known: after })).toEqual(expected);
    expect(steps(other, target, { known: after, isAgain: true })).toEqual(expected);
  });

  test("nothing runs for the sake of a locked node", () => {
    const locked = lock(changed(board, "a"), "b");
    expect(
      steps(changed(locked, "c"), { mode: "up-to-here", node: "c" }, { known: after }),
    ).toEqual(["b: reuse, locked", "c: run, changed"]);
  });

  test("a locked node without a result stops those that need it, and nobody else", () => {
    const locked = lock(board, "b");
    expect(complaints(locked, { mode: "all" })).toEqual(["input-empty c references"]);
    expect(plan(locked, { mode: "all" }).issues[0]?.message).toBe(
      '"b" has no result yet, and "c" needs it. Unlock it, then run it.',
    );
    expect(steps(locked, { mode: "from-here", node: "side" })).toEqual([
      "a: run, first-run",
      "side: run, first-run",
    ]);
    expect(plan(locked, { mode: "this-node", node: "b" }).issues[0]?.message).toBe(
      '"b" is locked and has no result. Unlock it to run it.',
    );
  });

  test("a result without items is none", () => {
    const empty = new Map([...after, ["a", known("f")]]);
    expect(steps(board, { mode: "this-node", node: "a" }, { known: empty })).toEqual([
      "a: run, first-run",
    ]);
  });
});
