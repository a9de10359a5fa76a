import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { leaseMs, ownTurnMs } from "#domain/placement-lease";
import { openPlacingRelay, type PlacingRelay } from "../helpers/placing-relay.ts";

const conflict = { code: "conflict" };

let relay: PlacingRelay;
beforeEach(async () => {
  relay = await openPlacingRelay();
});
afterEach(() => relay.close());

describe("the lease of a placement", () => {
  test("goes first to the session that pressed Run, then to anyone, then to whoever holds it", async () => {
    const made = await relay.makeResult("ana");
    await expect(relay.claim(made, "ben")).rejects.toMatchObject(conflict);
    relay.time.nowMs += ownTurnMs;
    expect(await relay.claim(made, "ben")).toEqual({ placement: made, leaseMs });
    await expect(relay.claim(made, "ana")).rejects.toMatchObject(conflict);
    relay.time.nowMs += leaseMs - 1;
    await relay.claim(made, "ben");
    relay.time.nowMs += leaseMs - 1;
    await expect(relay.claim(made, "ana")).rejects.toMatchObject(conflict);
    relay.time.nowMs += 1;
    await relay.claim(made, "ana");
  });

  test("is for anyone at once where nobody said who pressed", async () => {
    const made = await relay.makeResult();
    expect(made.session).toBeNull();
    await relay.claim(made, "ben");
  });

  test("F39: goes to one of many who ask at the same moment", async () => {
    const made = await relay.makeResult();
    const asked = Array.from({ length: 20 }, (_, at) => relay.claim(made, `panel-${at}`));
    const answers = await Promise.allSettled(asked);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === "rejected") expect(answer.reason).toMatchObject(conflict);
    }
  });

  test("outlives a restart of the relay", async () => {
    const made = await relay.makeResult("ana");
    await relay.claim(made, "ana");
    await relay.restart();
    relay.time.nowMs += ownTurnMs;
    await expect(relay.claim(made, "ben")).rejects.toMatchObject(conflict);
    expect(await relay.end(made, "ana", "placed", "5:5")).toMatchObject({ state: "placed" });
  });
});

describe("the end of a placement", () => {
  test("placed is told once, and again without effect; then it waits for nobody", async () => {
    const made = await relay.makeResult("ana");
    await relay.claim(made, "ana");
    const placed = { ...made, state: "placed", layer: "5:5" };
    expect(await relay.end(made, "ana", "placed", "5:5")).toEqual(placed);
    expect(await relay.end(made, "ana", "placed", "5:5")).toEqual(placed);
    expect(await relay.list()).toEqual([]);
    await expect(relay.claim(made, "ana")).rejects.toMatchObject(conflict);
  });

  test("placed, after the lease, is refused where another placed it: the smaller layer stays", async () => {
    const made = await relay.makeResult("ana");
    await relay.claim(made, "ana");
    relay.time.nowMs += leaseMs;
    await relay.claim(made, "ben");
    await expect(relay.end(made, "ana", "placed", "5:1")).rejects.toMatchObject(conflict);
    await relay.end(made, "ben", "placed", "5:2");
    await expect(relay.end(made, "ana", "placed", "5:1")).rejects.toMatchObject(conflict);
    expect(await relay.end(made, "ana", "placed", "5:1")).toMatchObject({ layer: "5:1" });
    await expect(relay.end(made, "ben", "placed", "5:2")).rejects.toMatchObject(conflict);
    expect(await relay.end(made, "ben", "placed", "5:1")).toMatchObject({ layer: "5:1" });
  });

  test("placed, after the lease, is taken where nobody else tried", async () => {
    const made = await relay.makeResult("ana");
    await relay.claim(made, "ana");
    relay.time.nowMs += 10 * leaseMs;
    expect(await relay.end(made, "ana", "placed", "5:5")).toMatchObject({ state: "placed" });
  });

  test("released lets the next one in; orphaned lets nobody in", async () => {
    const made = await relay.makeResult("ana");
    relay.time.nowMs += ownTurnMs;
    await relay.claim(made, "ana");
    await relay.end(made, "ana", "released");
    await relay.claim(made, "ben");
    expect(await relay.end(made, "ben", "orphaned")).toMatchObject({
      state: "orphaned",
      layer: null,
    });
    await expect(relay.claim(made, "ana")).rejects.toMatchObject(conflict);
    expect(await relay.list()).toEqual([]);
  });

  test("removed by a person is never placed again by itself, only when wished for", async () => {
    const made = await relay.makeResult("ana");
    await relay.claim(made, "ana");
    await relay.end(made, "ana", "placed", "5:5");
    expect(await relay.end(made, "ben", "removed", "5:5")).toMatchObject({ state: "removed" });
    expect(await relay.list()).toEqual([]);
    const wish = { file: "file-1", version: made.version, index: 0, session: "ben" };
    const again = await relay.client.call("placeAgain", { body: wish });
    const { pid } = again;
    expect(again).toEqual({ ...made, pid, attempt: 2, session: "ben", madeAtMs: relay.time.nowMs });
    expect(pid).not.toBe(made.pid);
    // A press that is sent twice is one wish.
    expect(await relay.client.call("placeAgain", { body: wish })).toEqual(again);
    expect(await relay.list()).toEqual([again]);
    await expect(relay.claim(again, "ana")).rejects.toMatchObject(conflict);
    await relay.claim(again, "ben");
  });

  test.each([
    ["placed without a layer", "placed", null, "request-invalid"],
    ["removed before it was placed", "removed", "5:5", "conflict"],
  ] as const)("is refused: %s", async (_what, outcome, layer, code) => {
    const made = await relay.makeResult("ana");
    await relay.claim(made, "ana");
    await expect(relay.end(made, "ana", outcome, layer)).rejects.toMatchObject({ code });
    expect(await relay.list()).toEqual([made]);
  });

  test("of what never was is not found", async () => {
    const made = await relay.makeResult("ana");
    const unknown = { ...made, pid: "0".repeat(64) };
    const gone = { code: "not-found" };
    await expect(relay.claim(unknown, "ana")).rejects.toMatchObject(gone);
    await expect(relay.end(unknown, "ana", "placed", "5:5")).rejects.toMatchObject(gone);
    const { version } = made;
    const wishes = [
      { file: "file-2", version, index: 0 },
      { file: "file-1", version: "unknown", index: 0 },
      { file: "file-1", version, index: 1 },
    ];
    for (const wish of wishes) {
      const asked = relay.client.call("placeAgain", { body: { ...wish, session: "ana" } });
      await expect(asked).rejects.toMatchObject(gone);
    }
  });
});
