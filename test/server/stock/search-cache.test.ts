import { expect, test } from "vitest";
import { createSearchCache } from "../../../server/stock/search-cache.ts";

const page = { pictures: [], hasMore: false };

test("a search is kept for a day and no longer", () => {
  let nowMs = 0;
  const cache = createSearchCache({ nowMs: () => nowMs });
  cache.keep("apple", page);
  nowMs = 24 * 3_600_000 - 1;
  expect(cache.find("apple")).toBe(page);
  expect(cache.find("pear")).toBeNull();
  nowMs += 1;
  expect(cache.find("apple")).toBeNull();
});

test("of many searches the oldest make room", () => {
  const cache = createSearchCache({ nowMs: () => 0 });
  for (let at = 0; at < 301; at += 1) cache.keep(`search ${at}`, page);
  expect(cache.find("search 0")).toBeNull();
  expect(cache.find("search 1")).toBe(page);
  expect(cache.find("search 300")).toBe(page);
});
