import { beforeEach, describe, expect, test } from "vitest";
import { bytesPerSlice } from "#domain/message-parts";
import { readBoard } from "#domain/read-board";
import { assetItem, assetNamed } from "../../helpers/build-graph.ts";
import { layer, nodeRecord, page } from "../../helpers/build-board.ts";
import { asksOf, PlacingWorld } from "./placing-world.ts";

let world: PlacingWorld;
beforeEach(() => {
  world = new PlacingWorld();
});

describe("a result that waits", () => {
  test("is placed at the start, when asked for, and every 20 seconds", async () => {
    world.wish("p1");
    const session = await world.open("A");
    expect(session.background.file.value).toBe("file");
    expect(session.background.placed.value).toEqual(new Map([["p1", "A:0"]]));
    world.wish("p2");
    await world.pass(19_000);
    expect(world.stateOf("p2")).toBe("pending");
    await world.pass(1_000);
    expect(world.stateOf("p2")).toBe("placed");
    world.wish("p3");
    session.background.placeSoon();
    await world.pass(0);
    expect(world.stateOf("p3")).toBe("placed");
  });

  test("is placed as soon as its version is heard of", async () => {
    const session = await world.open("A");
    world.wish("p1");
    session.versions.value = new Map();
    await world.pass(0);
    expect(world.stateOf("p1")).toBe("placed");
  });

  test("is left to the session that asked for it for five seconds", async () => {
    world.wish("p1", { session: "session-B" });
    const session = await world.open("A");
    await world.pass(4_990);
    expect(asksOf(session, "place")).toHaveLength(0);
    expect(world.relay.calls).not.toContain("placementClaim");
    await world.pass(20);
    expect(world.stateOf("p1")).toBe("placed");
  });

  test("carries what its layer remembers, its prompt, and how its node wants it", async () => {
    const out = JSON.stringify({ v: 1, self: "n1", mode: "replace" });
    const node = nodeRecord("n1", "image-generator", { title: "Hero" });
    const facts = page(layer("n1", "FRAME", { records: { node, out } }));
    const session = await world.open("A");
    session.page.value = facts;
    session.board.value = readBoard(facts, { uses: new Map() });
    const version = { id: "v1", prompts: ["a red fox"], items: [] };
    session.versions.value = new Map([["n1", version as never]]);
    world.wish("p1", { item: assetItem("fox"), index: 2, count: 4 });
    world.relay.bytes.set(assetNamed("fox").hash, new Uint8Array(9));
    session.background.placeSoon();
    await world.pass(0);
    expect(asksOf(session, "place")[0]).toMatchObject({
      node: "n1",
      title: "Hero",
      description: "a red fox",
      mode: "replace",
      count: 4,
      leaseEndsAtMs: world.time.nowMs() + 55_000,
      record: { v: 1, pid: "p1", runId: "r1", src: "n1", idx: 2, media: "image/png", w: 4, h: 3 },
    });
  });

  test("goes into its node's slot layer, and the others of its row beside the node", async () => {
    const out = JSON.stringify({ v: 1, self: "n1", mode: "slot", slotId: "n2" });
    const node = nodeRecord("n1", "image-generator");
    const session = await world.open("A");
    session.page.value = page(layer("n1", "FRAME", { records: { node, out } }));
    world.wish("p1", { index: 0, count: 2 });
    world.wish("p2", { index: 1, count: 2 });
    session.background.placeSoon();
    await world.pass(0);
    expect(asksOf(session, "place")).toMatchObject([
      { node: "n2", mode: "replace", record: { src: "n1" } },
      { node: "n1", mode: "stack", record: { src: "n1" } },
    ]);
  });

  test("goes to the canvas in slices, derived where Figma does not take it, and leaves nothing behind", async () => {
    const asset = { ...assetNamed("big", "image/webp"), widthPx: 8_192, heightPx: 1_000 };
    world.relay.bytes.set(asset.hash, new Uint8Array(2 * bytesPerSlice + 1));
    world.wish("p1", { item: { kind: "asset", asset } });
    const session = await world.open("A");
    expect(asksOf(session, "sendSlice")).toHaveLength(3);
    expect(asksOf(session, "place")[0]?.rungs).toMatchObject([
      {
        kind: "image-fill",
        picture: { widthPx: 4_096, heightPx: 500 },
        link: `https://relay.test/v1/share/${asset.hash}`,
      },
    ]);
    expect(world.relay.queries).toContainEqual({ for: "figma" });
    expect(session.canvas.transfers.size).toBe(0);
  });

  test.each([
    ["audio/wav", "figma", ["sound-card"], 0],
    ["audio/wav", "figjam", ["link-preview", "sound-card"], 0],
    ["video/mp4", "figma", ["video-fill", "poster-with-link"], 1],
    ["video/mp4", "figjam", ["video-fill", "link-preview", "poster-with-link"], 1],
  ] as const)("of %s in %s is shown as %j", async (mediaType, editor, kinds, slices) => {
    world.relay.bytes.set(assetNamed("a").hash, new Uint8Array(9));
    world.wish("p1", { item: assetItem("a", mediaType) });
    const session = await world.open("A", { editor });
    expect(asksOf(session, "place")[0]?.rungs.map(({ kind }) => kind)).toEqual(kinds);
    expect(asksOf(session, "sendSlice")).toHaveLength(slices);
  });

  test("is one of at most three that are brought over at the same time, one for each node", async () => {
    let most = 0;
    let now = 0;
    for (const node of ["n1", "n2", "n3", "n4"]) {
      for (const index of [0, 1]) world.wish(`${node}-${index}`, { node, version: node, index });
    }
    const session = await world.open("A", {
      travel: async (what) => {
        if (what === "A place there") most = Math.max(most, (now += 1));
        if (what === "A place back") now -= 1;
        await Promise.resolve();
      },
    });
    await world.pass(0);
    expect(most).toBe(3);
    expect([...world.relay.placements.values()].every(({ state }) => state === "placed")).toBe(
      true,
    );
    const order = asksOf(session, "place").map(({ record }) => record.pid);
    for (const node of ["n1", "n2", "n3", "n4"]) {
      expect(order.indexOf(`${node}-0`)).toBeLessThan(order.indexOf(`${node}-1`));
    }
  });
});

describe("a result that a person took away", () => {
  test("is reported and never placed again by itself; redone, it is known again", async () => {
    world.wish("p1");
    const session = await world.open("A");
    const record = session.canvas.layers.get("A:0")!;
    session.canvas.remove("A:0");
    expect(session.background.placed.value.size).toBe(0);
    await world.pass(1_000);
    expect(world.stateOf("p1")).toBe("removed");
    await world.pass(60_000);
    expect(asksOf(session, "place")).toHaveLength(1);
    session.canvas.restore("A:0", record);
    await world.pass(20_000);
    expect(world.relay.placements.get("p1")).toMatchObject({ state: "placed", layer: "A:0" });
  });

  test("is placed anew once it is wished for again", async () => {
    world.wish("p1");
    const session = await world.open("A");
    session.canvas.remove("A:0");
    await world.pass(1_000);
    world.wish("p1-again", { attempt: 2 });
    session.background.placeSoon();
    await world.pass(0);
    expect(session.background.placed.value).toEqual(new Map([["p1-again", "A:1"]]));
  });
});
