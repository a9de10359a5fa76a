import { expect, test } from "vitest";
import { createShortMemory } from "../../server/short-memory.ts";

test("something is remembered for its time and no longer", () => {
  let nowMs = 0;
  const memory = createShortMemory<number>({ nowMs: () => nowMs }, { keptMs: 1_000, most: 9 });
  memory.keep("apple", 1);
  nowMs = 999;
  expect(memory.find("apple")).toBe(1);
  expect(memory.find("pear")).toBeNull();
  nowMs = 1_000;
  expect(memory.find("apple")).toBeNull();
});

test("of too many the oldest make room", () => {
  const memory = createShortMemory<number>({ nowMs: () => 0 }, { keptMs: 1_000, most: 3 });
  for (const at of [0, 1, 2, 3]) memory.keep(`search ${at}`, at);
  memory.keep("search 1", 7);
  memory.keep("search 4", 4);
  const found = [0, 1, 2, 3, 4].map((at) => memory.find(`search ${at}`));
  expect(found).toEqual([null, 7, null, 3, 4]);
});
