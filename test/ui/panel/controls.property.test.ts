import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeMenu } from "../../../ui/panel/controls/place-menu.ts";
import { rove } from "../../../ui/panel/controls/rove.ts";
import { toStep } from "../../../ui/panel/controls/to-step.ts";
import { valueSchema } from "#domain/param";

const steps = fc
  .record({
    min: fc.integer({ min: -1000, max: 1000 }),
    count: fc.integer({ min: 0, max: 500 }),
    step: fc.constantFrom(0.01, 0.05, 0.1, 0.25, 1, 8, 64),
    rest: fc.double({ min: 0, max: 0.99, noNaN: true }),
  })
  .map(({ min, count, step, rest }) => ({ min, step, max: min + (count + rest) * step }));

describe("the allowed value nearest to a number", () => {
  it("is one that the setting's own schema takes", () => {
    fc.assert(
      fc.property(steps, fc.double({ min: -1e6, max: 1e6, noNaN: true }), (range, value) => {
        const param = { control: "number" as const, label: "", default: range.min, ...range };
        expect(valueSchema(param).safeParse(toStep(value, range)).success).toBe(true);
      }),
    );
  });

  it("is not farther from it than half a step inside of the range, and stays where it is", () => {
    fc.assert(
      fc.property(steps, fc.double({ min: 0, max: 1, noNaN: true }), (range, share) => {
        const last =
          range.min + Math.floor((range.max - range.min) / range.step + 1e-6) * range.step;
        const value = range.min + share * (last - range.min);
        const near = toStep(value, range);
        expect(Math.abs(near - value)).toBeLessThanOrEqual(range.step / 2 + 1e-6);
        expect(toStep(near, range)).toBe(near);
      }),
    );
  });
});

describe("the arrow keys in a row", () => {
  it("lead to a thing of the row, and back again", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(49), (count, seed) => {
        const index = seed % count;
        const next = rove("ArrowRight", index, count)!;
        expect(next).toBeGreaterThanOrEqual(0);
        expect(next).toBeLessThan(count);
        expect(rove("ArrowLeft", next, count)).toBe(index);
      }),
    );
    expect(rove("ArrowRight", 0, 0)).toBe(null);
    expect(rove("a", 0, 3)).toBe(null);
  });
});

describe("the place of a menu", () => {
  const size = fc.record({
    width: fc.integer({ min: 40, max: 320 }),
    height: fc.integer({ min: 20, max: 2000 }),
  });
  it("is inside of the panel, beside its button and never over it", () => {
    const button = fc.record({ left: fc.nat(500), top: fc.nat(600) });
    fc.assert(
      fc.property(size, button, fc.integer({ min: 340, max: 520 }), (menu, at, width) => {
        const rect = { ...at, right: at.left + 24, bottom: at.top + 24 };
        const place = placeMenu(rect, menu, { width, height: 640 });
        const height = Math.min(menu.height, place.maxHeight);
        expect(place.left).toBeGreaterThanOrEqual(8);
        expect(place.left + menu.width).toBeLessThanOrEqual(Math.max(width - 8, menu.width + 8));
        expect(place.top + height <= rect.top || place.top >= rect.bottom).toBe(true);
        expect(place.top).toBeGreaterThanOrEqual(0);
        expect(place.top + height).toBeLessThanOrEqual(640);
      }),
    );
  });
});
