import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distanceToBox } from "#domain/geometry";
import { createHitTest, type HitTarget } from "#domain/hit-test";
import type { Point } from "#domain/layer";

const nobody = () => false;

/** The rule of 1.5 over every target, without any look-up. */
function testPlainly(targets: readonly HitTarget[], point: Point): string {
  const near = targets
    .map(({ id, box }, place) => ({
      id,
      size: box.width * box.height,
      box,
      place,
      away: distanceToBox(box, point),
    }))
    .filter(({ box, away }) => {
      const wanted = Math.max(12, 6, 0.08 * Math.min(box.width, box.height));
      return away <= Math.min(wanted, 48);
    })
    .sort(
      (one, other) => one.away - other.away || one.size - other.size || other.place - one.place,
    );
  const [best] = near;
  if (!best) return "miss";
  const rivals = near.filter(({ away }) => away - best.away < 8);
  return best.away === 0 || rivals.length === 1 ? best.id : "ambiguous";
}

describe("what a point hits", () => {
  const place = fc.integer({ min: -3_000, max: 3_000 });
  const side = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 20_000 }));
  const box = fc.record({ x: place, y: place, width: side, height: side });
  const point = fc.record({ x: place, y: place });

  test("is what looking at every target finds", () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 30 }), fc.array(point), (boxes, points) => {
        const targets = boxes.map((each, at) => ({ id: `t${at}`, box: each }));
        const hitTest = createHitTest(targets, nobody);
        for (const each of points) {
          const hit = hitTest(each, 2, nobody);
          const found = hit.kind === "hit" ? hit.target.id : hit.kind;
          expect(found).toBe(testPlainly(targets, each));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("is never a target whose numbers are broken", () => {
    const numbers = [NaN, Infinity, -Infinity, 1e308];
    const targets = numbers.map((x) => ({ id: "t", box: { x, y: 0, width: 10, height: 10 } }));
    const wide = { id: "w", box: { x: 0, y: 0, width: Infinity, height: -5 } };
    const hitTest = createHitTest([...targets, wide], nobody);
    expect(hitTest({ x: 0, y: 0 }, 2, nobody).kind).toBe("miss");
  });
});
