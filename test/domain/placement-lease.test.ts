import { describe, expect, test } from "vitest";
import { judgeClaim, judgeEnd, leaseMs, ownTurnMs, type Standing } from "#domain/placement-lease";
import { placementEndSchema, type PlacementEnd } from "#domain/placement-end";

const fresh: Standing = {
  state: "pending",
  layer: null,
  session: "ana",
  madeAtMs: 1_000_000,
  lease: null,
};
const later = fresh.madeAtMs + ownTurnMs;
const held = (session: string, untilMs: number): Standing => ({
  ...fresh,
  lease: { session, untilMs },
});
const end = (
  session: string,
  outcome: PlacementEnd["outcome"],
  layer: string | null = null,
): PlacementEnd => ({ session, outcome, layer });

describe("a claim", () => {
  test.each([
    ["by whoever asked, at once", fresh, "ana", fresh.madeAtMs, true],
    ["by another, in the first seconds", fresh, "ben", later - 1, false],
    ["by another, after them", fresh, "ben", later, true],
    [
      "by anyone at once, where nobody knows who asked",
      { ...fresh, session: null },
      "ben",
      fresh.madeAtMs,
      true,
    ],
    ["by another, of a result that a clock set back left in the future", fresh, "ben", 5, true],
    ["of what another holds", held("ana", later + 1), "ben", later, false],
    ["of what one holds oneself", held("ana", later + 1), "ana", later, true],
    ["of what another held until now", held("ana", later), "ben", later, true],
    ["of what a clock set back would hold for hours", held("ana", 9e12), "ben", later, true],
    ["of what is placed", { ...fresh, state: "placed" }, "ana", later, false],
    ["of what lost its node", { ...fresh, state: "orphaned" }, "ana", later, false],
    ["of what a person took away", { ...fresh, state: "removed" }, "ana", later, false],
  ] as const)("%s", (_what, known, session, nowMs, isGranted) => {
    const { after, refusal } = judgeClaim(known, session, nowMs);
    expect(refusal === null).toBe(isGranted);
    const untilMs = nowMs + leaseMs;
    expect(after.lease).toEqual(isGranted ? { session, untilMs } : known.lease);
    expect([after.state, after.layer]).toEqual([known.state, known.layer]);
  });
});

describe("the word on a placement", () => {
  const placed: Standing = { ...fresh, state: "placed", layer: "5:5" };
  const orphaned: Standing = { ...fresh, state: "orphaned" };
  const removed: Standing = { ...fresh, state: "removed", layer: "5:5" };
  const mine = held("ana", later + 1);
  const lapsed = held("ana", later - 1);

  test.each([
    ["placed by its holder", mine, end("ana", "placed", "5:5"), ["placed", "5:5"]],
    [
      "placed after the lease, by nobody else",
      lapsed,
      end("ana", "placed", "5:5"),
      ["placed", "5:5"],
    ],
    ["found on the canvas by somebody", lapsed, end("ben", "placed", "5:5"), ["placed", "5:5"]],
    ["placed, said again", placed, end("ben", "placed", "5:5"), ["placed", "5:5"]],
    ["found although it counted as lost", orphaned, end("ben", "placed", "5:5"), ["placed", "5:5"]],
    ["put back by a redo", removed, end("ben", "placed", "5:5"), ["placed", "5:5"]],
    ["orphaned by its holder", mine, end("ana", "orphaned"), ["orphaned", null]],
    ["orphaned, said again", orphaned, end("ben", "orphaned"), ["orphaned", null]],
    ["removed", placed, end("ben", "removed", "5:5"), ["removed", "5:5"]],
    ["removed by somebody who knows no layer", placed, end("ben", "removed"), ["removed", "5:5"]],
    ["removed, said again", removed, end("ben", "removed"), ["removed", "5:5"]],
    ["removed, of a second layer", placed, end("ben", "removed", "5:9"), ["placed", "5:5"]],
    ["released by its holder", mine, end("ana", "released"), ["pending", null]],
    ["released after it was placed", placed, end("ana", "released"), ["placed", "5:5"]],
  ] as const)("is taken: %s", (_what, known, said, [state, layer]) => {
    const { after, refusal } = judgeEnd(known, said, later);
    expect(refusal).toBeNull();
    expect([after.state, after.layer]).toEqual([state, layer]);
    expect(after.lease).toBeNull();
    expect(judgeEnd({ ...known, ...after }, said, later)).toEqual({ after, refusal: null });
  });

  test.each([
    ["placed, while another holds it", mine, end("ben", "placed", "5:5"), null],
    ["orphaned, while another holds it", mine, end("ben", "orphaned"), null],
    ["placed in a second layer", placed, end("ben", "placed", "5:9"), "5:5"],
    ["placed in a second layer that stays", placed, end("ben", "placed", "5:10"), "5:10"],
    ["orphaned, of what is placed", placed, end("ben", "orphaned"), "5:5"],
    ["removed, of what waits", lapsed, end("ana", "removed"), null],
  ] as const)("is refused: %s", (_what, known, said, layer) => {
    const { after, refusal } = judgeEnd(known, said, later);
    expect(refusal).toMatch(/canvas/);
    expect(after).toEqual({ state: known.state, layer, lease: known.lease });
  });

  test("that nobody asked for leaves another's lease alone", () => {
    const { after, refusal } = judgeEnd(mine, end("ben", "released"), later);
    expect([after.lease, refusal]).toEqual([mine.lease, null]);
  });

  test("says which layer, or it does not count as placed", () => {
    expect(placementEndSchema.safeParse(end("ana", "placed")).success).toBe(false);
    expect(placementEndSchema.safeParse(end("ana", "orphaned")).success).toBe(true);
  });
});
