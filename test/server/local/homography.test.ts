import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  fitMagnification,
  homographyOfCard,
  invertHomography,
  isCovered,
  projectPoint,
} from "../../../server/local/homography.ts";

const card = {
  widthPx: 640,
  heightPx: 480,
  horizontalDegrees: 0,
  verticalDegrees: 0,
  magnification: 1,
};
const side = fc.integer({ min: 160, max: 4000 });
/** Angles whose sum stays within 60 degrees of the front. */
const angles = fc.record({
  horizontalDegrees: fc.double({ min: -42, max: 42, noNaN: true }),
  verticalDegrees: fc.double({ min: -30, max: 42, noNaN: true }),
});

describe("the camera round a card", () => {
  test("sees the picture as it is from the front", () => {
    const map = homographyOfCard(card);
    for (const point of [
      { x: 0, y: 0 },
      { x: 639, y: 0 },
      { x: 100, y: 479 },
    ]) {
      const seen = projectPoint(map, point)!;
      expect(seen.x).toBeCloseTo(point.x, 9);
      expect(seen.y).toBeCloseTo(point.y, 9);
    }
  });

  test("keeps the middle in the middle", () => {
    fc.assert(
      fc.property(side, side, angles, (widthPx, heightPx, turn) => {
        const middle = { x: (widthPx - 1) / 2, y: (heightPx - 1) / 2 };
        const seen = projectPoint(
          homographyOfCard({ ...card, widthPx, heightPx, ...turn }),
          middle,
        )!;
        expect(seen.x).toBeCloseTo(middle.x, 6);
        expect(seen.y).toBeCloseTo(middle.y, 6);
      }),
    );
  });

  test("leads back to where a point came from", () => {
    fc.assert(
      fc.property(angles, fc.nat(639), fc.nat(479), (turn, x, y) => {
        const map = homographyOfCard({ ...card, ...turn });
        const back = projectPoint(invertHomography(map), projectPoint(map, { x, y })!)!;
        expect(back.x).toBeCloseTo(x, 5);
        expect(back.y).toBeCloseTo(y, 5);
      }),
    );
  });

  test("shows the side larger that it moved to", () => {
    const heightAt = (horizontalDegrees: number, x: number) => {
      const map = homographyOfCard({ ...card, horizontalDegrees });
      return projectPoint(map, { x, y: 479 })!.y - projectPoint(map, { x, y: 0 })!.y;
    };
    expect(heightAt(30, 639)).toBeGreaterThan(heightAt(30, 0));
    expect(heightAt(330, 639)).toBeLessThan(heightAt(330, 0));
    const widthAt = (verticalDegrees: number, y: number) => {
      const map = homographyOfCard({ ...card, verticalDegrees });
      return projectPoint(map, { x: 639, y })!.x - projectPoint(map, { x: 0, y })!.x;
    };
    expect(widthAt(30, 0)).toBeGreaterThan(widthAt(30, 479));
    expect(widthAt(-30, 0)).toBeLessThan(widthAt(-30, 479));
  });

  test("keeps straight lines straight", () => {
    fc.assert(
      fc.property(angles, (turn) => {
        const map = homographyOfCard({ ...card, ...turn });
        const [start, middle, end] = [0, 200, 639].map((x) =>
          projectPoint(map, { x, y: 30 + x / 2 })!,
        );
        const area =
          (middle!.x - start!.x) * (end!.y - start!.y) -
          (middle!.y - start!.y) * (end!.x - start!.x);
        expect(area).toBeCloseTo(0, 5);
      }),
    );
  });
});

describe("fitting a view", () => {
  test("covers every corner, and with a little less it would not", () => {
    fc.assert(
      fc.property(side, side, angles, (widthPx, heightPx, turn) => {
        const view = { widthPx, heightPx, ...turn };
        const magnification = fitMagnification(view);
        expect(isCovered({ ...view, magnification })).toBe(true);
        if (magnification > 1.001) {
          expect(isCovered({ ...view, magnification: magnification * 0.999 })).toBe(false);
        }
      }),
    );
  });

  test("leaves the front view alone", () => {
    expect(fitMagnification(card)).toBe(1);
  });
});
