import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrangeResults, type ArrangedResult } from "#domain/arrange-results";
import type { Box } from "#domain/layer";

const corner = { x: 16, y: 40 };
const widthPx = 248;
const results = fc.array(
  fc.record({
    width: fc.integer({ min: 1, max: 512 }),
    height: fc.integer({ min: 1, max: 512 }),
    isPicture: fc.boolean(),
    isCurrent: fc.boolean(),
  }),
  { maxLength: 12 },
);

const picture = (width: number, height: number): ArrangedResult => {
  return { width, height, isPicture: true, isCurrent: false };
};

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

describe("the results in a card", () => {
  test("the newest is as wide as the card, the next four are small in a row, the rest is hidden", () => {
    const boxes = arrangeResults(Array<ArrangedResult>(7).fill(picture(512, 256)), corner, widthPx);
    expect(boxes).toEqual([
      { x: 16, y: 40, width: 248, height: 124 },
      { x: 16, y: 172, width: 56, height: 28 },
      { x: 80, y: 172, width: 56, height: 28 },
      { x: 144, y: 172, width: 56, height: 28 },
      { x: 208, y: 172, width: 56, height: 28 },
      null,
      null,
    ]);
  });

  test("a small picture is not blown up, a tall one does not fill the screen", () => {
    expect(arrangeResults([picture(40, 30)], corner, widthPx)[0]).toMatchObject({
      width: 40,
      height: 30,
    });
    expect(arrangeResults([picture(100, 2000)], corner, widthPx)[0]?.height).toBe(512);
  });

  test("pictures keep their ratio, lie inside the card and never over one another", () => {
    fc.assert(
      fc.property(results, (given) => {
        const boxes = arrangeResults(given, corner, widthPx);
        expect(boxes).toHaveLength(given.length);
        const shown = boxes.flatMap((box, at) => (box ? [{ box, result: given[at]! }] : []));
        for (const [at, { box, result }] of shown.entries()) {
          expect(box.x).toBeGreaterThanOrEqual(corner.x);
          expect(box.y).toBeGreaterThanOrEqual(corner.y);
          for (const { box: other } of shown.slice(at + 1)) expect(overlap(box, other)).toBe(false);
          if (!result.isPicture) continue;
          expect(box.x + box.width).toBeLessThanOrEqual(corner.x + widthPx + 1e-6);
          const isReadable = box.width > 1 && box.height > 1;
          if (isReadable)
            expect(box.width / box.height).toBeCloseTo(result.width / result.height, 6);
        }
        if (given.length > 0) expect(boxes[0]).not.toBeNull();
        const thumbnails = given.filter((result, at) => at > 0 && result.isPicture && boxes[at]);
        expect(thumbnails.length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
