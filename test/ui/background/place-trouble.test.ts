import { beforeEach, describe, expect, test } from "vitest";
import { settle } from "./manual-time.ts";
import { asksOf, PlacingWorld } from "./placing-world.ts";

let world: PlacingWorld;
beforeEach(() => {
  world = new PlacingWorld();
});

describe("a result that cannot be placed", () => {
  test("because its node is gone is kept, and goes elsewhere when a person says so", async () => {
    world.document.nodes.delete("n1");
    world.wish("p1", { index: 0, count: 2 });
    world.wish("p2", { index: 1, count: 2 });
    const session = await world.open("A", { selection: ["n2"] });
    expect([world.stateOf("p1"), world.stateOf("p2")]).toEqual(["orphaned", "orphaned"]);
    const notices = [...session.notices.values()];
    expect(notices).toHaveLength(1);
    expect(notices[0]?.actions.map(({ label }) => label)).toEqual(["Place again"]);
    notices[0]?.actions[0]?.act();
    await settle();
    await world.pass(0);
    expect([world.stateOf("p1+"), world.stateOf("p2+")]).toEqual(["placed", "placed"]);
    expect(session.canvas.made.map(({ node }) => node)).toEqual(["n2", "n2"]);
    expect(session.notices.size).toBe(0);
  });

  test("because this person may not edit is left to somebody else", async () => {
    world.wish("p1");
    const reader = await world.open("A", {
      travel: async (what) => {
        if (what === "A prepares") world.document.canvases[0]!.isReadOnly = true;
        await Promise.resolve();
      },
    });
    expect(reader.isReadOnly.value).toBe(true);
    expect(world.relay.placements.get("p1")).toMatchObject({ state: "pending", lease: null });
    await world.pass(60_000);
    expect(asksOf(reader, "place")).toHaveLength(1);
    await world.open("B");
    expect(world.stateOf("p1")).toBe("placed");
  });

  test("is tried three times, told, and tried again when a person says so", async () => {
    world.wish("p1");
    const session = await world.open("A", {
      travel: async () => {
        world.document.canvases[0]!.failure ??= "The file is broken.";
        await Promise.resolve();
      },
    });
    for (let round = 0; round < 5; round += 1) await world.pass(20_000);
    expect(asksOf(session, "place")).toHaveLength(3);
    const [notice] = session.notices.values();
    expect(notice?.text).toContain("The file is broken.");
    expect(world.relay.placements.get("p1")).toMatchObject({ state: "pending", lease: null });
    world.document.canvases[0]!.failure = "";
    notice?.actions[0]?.act();
    await world.pass(0);
    expect(asksOf(session, "place")).toHaveLength(4);
  });
});

test("two layers of one result become one at once when the relay says so", async () => {
  const { relay, document } = world;
  world.wish("p1");
  const session = await world.open("A", {
    travel: (what) => {
      const [canvas] = document.canvases;
      const known = relay.placements.get("p1");
      if (what === "placementEnd there" && canvas && known?.state === "pending") {
        // Somebody else's layer arrives late, and the relay heard of it first.
        const record = canvas.layers.get("A:0")?.replace('"A:0"', '"0:1"') ?? "";
        canvas.take({ kind: "add", layer: "0:1", record });
        relay.placements.set("p1", { ...known, state: "placed", layer: "0:1" });
      }
      return Promise.resolve();
    },
  });
  expect([...session.canvas.layers.keys()]).toEqual(["0:1"]);
  expect(session.background.placed.value.get("p1")).toBe("0:1");
});
