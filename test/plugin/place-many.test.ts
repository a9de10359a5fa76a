import { afterEach, expect, test } from "vitest";
import { buildPng } from "../helpers/build-png.ts";
import { closeBoards, openTestBoard, resultRecord, storedRecord } from "./board.ts";

afterEach(closeBoards);

/** Time is told and not judged: this machine's says little about another's. */
test.each([
  ["figma", "card"],
  ["figma", "frame"],
  ["figjam", "card"],
] as const)("fifty results of 1024 px in %s, of a %s, each once", async (editor, kind) => {
  const board = await openTestBoard({ editor, watchesRejections: false });
  const node =
    kind === "card"
      ? await board.create("image-generator")
      : board.standIn.user.draw("FRAME", { width: 200, height: 100 }).id;
  await board.send("png", buildPng({ widthPx: 1024, heightPx: 1024 }));
  const picture = { transfer: "png", widthPx: 1024, heightPx: 1024 };
  const before = board.window.slices.length;
  for (let at = 0; at < 50; at += 1) {
    const size = { w: 1024, h: 1024 };
    const record = resultRecord({ pid: `many-${at}`, src: node, runId: `run-${at}`, ...size });
    const rungs = [{ kind: "image-fill" as const, picture, link: null }];
    expect((await board.place({ node, rungs, record })).kind).toBe("placed");
  }
  const placed = [...board.standIn.document.layers.values()].filter((layer) =>
    storedRecord(layer, "res"),
  );
  expect(
    new Set(placed.map((layer) => (storedRecord(layer, "res") as { pid: string }).pid)).size,
  ).toBe(50);
  const slices = board.window.slices.slice(before).map(({ totalMs }) => totalMs);
  const own = board.window.slices.slice(before).map(({ totalMs, hostMs }) => totalMs - hostMs);
  const told = `longest slice ${Math.max(...slices).toFixed(1)} ms, ${Math.max(...own).toFixed(1)} ms of it the plugin's own`;
  process.stdout.write(`${editor} ${kind}: ${told}\n`);
});

test("a card is drawn again in little time", async () => {
  const board = await openTestBoard({ watchesRejections: false });
  const ids: string[] = [];
  for (let at = 0; at < 20; at += 1) ids.push(await board.create("video-generator"));
  const before = board.window.slices.length;
  for (let round = 0; round < 5; round += 1) {
    for (const id of ids) {
      const status = { kind: "running", text: `Running · ${round} %`, done: 0.1 } as const;
      await board.draw(id, "video-generator", { status });
    }
  }
  const inAll = board.window.slices.slice(before).reduce((sum, { totalMs }) => sum + totalMs, 0);
  process.stdout.write(`a card is drawn again in ${(inAll / 100).toFixed(2)} ms\n`);
  expect(board.window.errors).toEqual([]);
});
