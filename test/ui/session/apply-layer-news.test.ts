import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LayerFacts, PageFacts } from "#domain/layer";
import { applyLayerNews } from "../../../ui/session/apply-layer-news.ts";
import { layer, page } from "../../helpers/build-board.ts";

const ids = ["a", "b", "c", "d", "e", "f"];

/** A canvas is a tree: each layer lies in the page or in one that comes before it in `order`. */
const canvases = fc
  .shuffledSubarray(ids, { minLength: 1 })
  .chain((order) =>
    fc.tuple(
      fc.constant(order),
      fc.array(fc.nat(), { minLength: order.length, maxLength: order.length }),
      fc.array(fc.nat(9), { minLength: order.length, maxLength: order.length }),
    ),
  )
  .map(([order, picks, names]) =>
    order.map((id, at): LayerFacts => {
      const pick = (picks[at] ?? 0) % (at + 1);
      return layer(id, "FRAME", {
        name: String(names[at]),
        parent: pick === 0 ? "page" : order[pick - 1]!,
      });
    }),
  );

function newsBetween(before: readonly LayerFacts[], after: readonly LayerFacts[]) {
  const known = new Map(before.map((each) => [each.id, JSON.stringify(each)]));
  const changed = after.filter((each) => known.get(each.id) !== JSON.stringify(each));
  const left = new Set(after.map(({ id }) => id));
  return { page: "page", changed, removed: [...known.keys()].filter((id) => !left.has(id)) };
}

function isParentsFirst({ layers }: PageFacts): boolean {
  const seen = new Set(["page"]);
  return layers.every(({ id, parent }) => seen.add(id).size > 0 && seen.has(parent ?? "page"));
}

describe("a page after news of its layers", () => {
  it("holds the layers of the canvas, parents before children, however it changed", () => {
    fc.assert(
      fc.property(fc.array(canvases, { minLength: 2, maxLength: 5 }), (states) => {
        const [first, ...later] = states;
        let known = page(...first!);
        let before = first!;
        for (const after of later) {
          known = applyLayerNews(known, newsBetween(before, after));
          before = after;
          const byId = (list: readonly LayerFacts[]) =>
            [...list].sort((one, other) => (one.id < other.id ? -1 : 1));
          expect(byId(known.layers)).toEqual(byId(after));
          expect(isParentsFirst(known)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keeps the order of what was there, so that connections keep theirs", () => {
    const known = page(layer("a", "STICKY"), layer("b", "STICKY"), layer("c", "STICKY"));
    const changed = [layer("b", "STICKY", { name: "new" }), layer("d", "STICKY")];
    const after = applyLayerNews(known, { page: "page", changed, removed: ["a"] });
    expect(after.layers.map(({ id, name }) => [id, name])).toEqual([
      ["b", "new"],
      ["c", "c"],
      ["d", "d"],
    ]);
  });

  it("is untouched by news of another page, and ends for layers that hold each other", () => {
    const known = page(layer("a", "FRAME"), layer("b", "FRAME", { parent: "a" }));
    expect(applyLayerNews(known, { page: "other", changed: [], removed: ["a"] })).toBe(known);
    const changed = [layer("a", "FRAME", { parent: "b" })];
    const after = applyLayerNews(known, { page: "page", changed, removed: [] });
    expect(after.layers).toHaveLength(2);
  });
});
