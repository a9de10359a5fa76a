import { afterEach, describe, expect, test } from "vitest";
import type { PlaceContent } from "#domain/place-content";
import { defaultsOf } from "../figma/model/defaults.ts";
import type { Layer } from "../figma/model/layer.ts";
import { createStandIn } from "../figma/stand-in.ts";
import { buildPng } from "../helpers/build-png.ts";
import {
  closeBoards,
  openTestBoard,
  pictureOfPage,
  resultRecord,
  storedRecord,
  type Board,
} from "./board.ts";

afterEach(closeBoards);

const picture = { transfer: "png", widthPx: 300, heightPx: 200 };
const image: PlaceContent["rungs"][number] = { kind: "image-fill", picture, link: null };
const png = buildPng({ widthPx: 300, heightPx: 200 });

async function openWithPicture(...options: Parameters<typeof openTestBoard>): Promise<Board> {
  const board = await openTestBoard(...options);
  await board.send("png", png);
  return board;
}

function contentFor(node: string, changes: Partial<PlaceContent["record"]> = {}) {
  return { node, rungs: [image], record: resultRecord({ pid: "pid-a", src: node, ...changes }) };
}

async function placed(board: Board, content: Parameters<Board["place"]>[0]): Promise<Layer> {
  const outcome = await board.place(content);
  if (outcome.kind !== "placed") throw new Error(JSON.stringify(outcome));
  return board.layer(outcome.layer);
}

function genuine(board: Board): Layer[] {
  return [...board.standIn.document.layers.values()].filter((layer) => {
    const record = storedRecord(layer, "res") as { self?: string } | null;
    return record?.self === layer.id && board.standIn.document.layer(layer.id) !== null;
  });
}

describe.each(["figma", "figjam"] as const)("a placement in %s happens once", (editor) => {
  test("placed again it is found, in the same session and in another's", async () => {
    const board = await openWithPicture({ editor });
    const node = await board.create("image-generator");
    const layer = await placed(board, contentFor(node));
    const found = { kind: "found", layer: layer.id };
    expect(await board.place(contentFor(node))).toEqual(found);
    const other = await openWithPicture({ on: board.standIn, by: board.standIn.remote("Ana") });
    expect(await other.place(contentFor(node))).toEqual(found);
    expect(genuine(board)).toEqual([layer]);
  });

  test("asked for twice at the same time it is placed once", async () => {
    const board = await openWithPicture({ editor });
    const node = await board.create("image-generator");
    const other = await openWithPicture({ on: board.standIn, by: board.standIn.remote("Ana") });
    // Fonts are waited for, so that all three have looked before any of them writes.
    const content = {
      ...contentFor(node),
      rungs: [{ kind: "text-layer" as const, text: "Words" }],
    };
    const outcomes = await Promise.all([
      board.place(content),
      board.place(content),
      other.place(content),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["found", "found", "placed"]);
    expect(genuine(board)).toHaveLength(1);
  });

  test("is one step for Undo; undone it is gone, redone it is found", async () => {
    const board = await openWithPicture({ editor });
    const { user } = board.standIn;
    const node = await board.create("image-generator");
    await placed(board, contentFor(node, { pid: "pid-0", runId: "before" }));
    await board.draw(node, "image-generator", { title: "Later" });
    const before = pictureOfPage(board);
    const layer = await placed(board, contentFor(node));
    const after = pictureOfPage(board);
    user.undo();
    expect(pictureOfPage(board)).toBe(before);
    user.redo();
    expect(pictureOfPage(board)).toBe(after);
    expect(await board.place(contentFor(node))).toEqual({ kind: "found", layer: layer.id });
  });

  test("a copy of a result is no marker", async () => {
    const board = await openWithPicture({ editor });
    const node = await board.create("image-generator");
    const layer = await placed(board, contentFor(node));
    board.standIn.user.duplicate(layer);
    board.standIn.user.delete(layer);
    expect((await board.place(contentFor(node))).kind).toBe("placed");
  });

  test("late: nothing is written once the lease has ended", async () => {
    const board = await openWithPicture({ editor });
    const node = await board.create("image-generator");
    const before = pictureOfPage(board);
    const leaseEndsAtMs = board.standIn.clock.nowMs;
    expect(await board.place({ ...contentFor(node), leaseEndsAtMs })).toEqual({ kind: "late" });
    expect(pictureOfPage(board)).toBe(before);
  });

  test("orphaned: the node is gone, be it while everything is made ready", async () => {
    const board = await openWithPicture({ editor });
    const node = await board.create("image-generator");
    board.standIn.user.delete(node);
    expect(await board.place(contentFor(node))).toEqual({ kind: "orphaned" });
    expect(await board.place(contentFor("9:99"))).toEqual({ kind: "orphaned" });
    const rungs = [{ kind: "text-layer" as const, text: "Words" }];
    const kinds = new Set<string>();
    for (let turns = 0; turns < 30; turns += 1) {
      const next = await board.create("image-generator");
      const underWay = board.place({ ...contentFor(next, { pid: `pid-${turns}` }), rungs });
      for (let turn = 0; turn < turns; turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      board.standIn.user.delete(next);
      kinds.add((await underWay).kind);
      expect(genuine(board)).toEqual([]);
    }
    expect([...kinds].filter((kind) => kind !== "placed")).toEqual(["orphaned"]);
  });

  test("an orphan can be placed on the page itself, in the middle of the screen", async () => {
    const board = await openWithPicture({ editor });
    board.standIn.user.person.viewport = { center: { x: 700, y: 700 }, zoom: 1 };
    const page = board.standIn.document.pages[0]!;
    const layer = await placed(board, { ...contentFor(page.id), mode: "replace" });
    expect(layer.parent).toBe(page);
    expect(layer.values.transform.map((row) => row[2])).toEqual([550, 600]);
  });

  test("read-only: one sentence, nothing written, nothing tried further", async () => {
    const board = await openWithPicture({ editor });
    const node = await board.create("image-generator");
    const before = pictureOfPage(board);
    board.standIn.user.loseEditRights();
    const outcome = await board.place(contentFor(node));
    expect(outcome.kind).toBe("read-only");
    expect(pictureOfPage(board)).toBe(before);
  });

  test("failed: a result whose bytes did not arrive", async () => {
    const board = await openTestBoard({ editor });
    const node = await board.create("image-generator");
    const before = pictureOfPage(board);
    const message = "The result did not reach the canvas. Place it again.";
    expect(await board.place(contentFor(node))).toEqual({ kind: "failed", message });
    expect(pictureOfPage(board)).toBe(before);
  });

  test("a locked node keeps its card as it is: the result stands beside it", async () => {
    const board = await openWithPicture({ editor });
    const node = await board.create("image-generator");
    board.standIn.user.set(node, "locked", true);
    const outcome = await board.place(contentFor(node));
    expect(outcome).toMatchObject({
      kind: "placed",
      notes: [expect.stringContaining("is locked")],
    });
    const layer = genuine(board)[0]!;
    expect(layer.parent).toBe(board.standIn.document.pages[0]);
    expect(layer.values.transform[0][2]).toBe(board.layer(node).values.transform[0][2] + 360);
  });

  test("a hidden node takes its result, which is told", async () => {
    const board = await openWithPicture({ editor });
    const node = await board.create("image-generator");
    board.standIn.user.set(node, "visible", false);
    const outcome = await board.place(contentFor(node));
    expect(outcome).toMatchObject({ kind: "placed", notes: [expect.stringContaining("hidden")] });
  });

  test("a node on another page gets its result there, and nobody's screen moves", async () => {
    const standIn = createStandIn({ editor, seed: 11 });
    const { document, user } = standIn;
    const board = await openWithPicture({ on: standIn });
    const node = await board.create("image-generator");
    const second = document.add("0:9", "PAGE", { ...defaultsOf("PAGE")!, name: "Second" });
    document.as(user.person.author, () => {
      document.place(second, document.root);
    });
    user.switchPage(second);
    const other = await openWithPicture({ on: standIn, by: standIn.remote("Ana") });
    standIn.remote("Ana").switchPage(second);
    const layer = await placed(other, contentFor(node));
    expect(standIn.remote("Ana").person.page).toBe(second);
    expect(second.children).toEqual([]);
    expect(layer.parent === board.layer(node) || layer.parent?.parent === board.layer(node)).toBe(
      true,
    );
    const { results } = await other.panel.ask("findResults", {});
    expect(results.map(({ layer: id, page }) => [id, page])).toEqual([[layer.id, "0:1"]]);
  });
});

test("a node in an instance gets its result beside the instance", async () => {
  const board = await openWithPicture();
  const { document, user } = board.standIn;
  const node = await board.create("image-generator");
  const before = board.layer(node);
  const instance = user.draw("INSTANCE", { name: "Copy" }, { x: 2000, y: 0 });
  document.as(user.person.author, () => {
    document.place(before, instance);
  });
  const outcome = await board.place(contentFor(node));
  expect(outcome).toMatchObject({ kind: "placed", notes: [expect.stringContaining("instance")] });
  expect(genuine(board)[0]?.parent).toBe(document.pages[0]);
});
