import { afterEach, describe, expect, test } from "vitest";
import { absoluteBox } from "../figma/model/geometry.ts";
import { buildPng } from "../helpers/build-png.ts";
import {
  charactersOf,
  closeBoards,
  countChanges,
  openTestBoard,
  pictureOfPage,
  piecesOf,
  recordOf,
  resultRecord,
  storedRecord,
} from "./board.ts";

afterEach(closeBoards);

describe("records", () => {
  test("get the layer's own id, but lists and what is no JSON stay as they are", async () => {
    const { panel, standIn } = await openTestBoard();
    const layer = standIn.user.draw("RECTANGLE");
    const writes = [
      { layer: layer.id, key: "node", value: recordOf("video-generator") },
      { layer: layer.id, key: "in", value: '[{"eid":"e","src":"1:1","port":"prompt"}]' },
      { layer: layer.id, key: "out", value: '{"v":1,"self":"9:9","mode":"stack"}' },
      { layer: layer.id, key: "edge", value: "not JSON" },
    ] as const;
    const { refused } = await panel.ask("writeRecords", { writes: [...writes], isUndoStep: true });
    expect(refused).toEqual([]);
    expect(storedRecord(layer, "node")).toMatchObject({ self: layer.id, kind: "video-generator" });
    expect(storedRecord(layer, "in")).toEqual([{ eid: "e", src: "1:1", port: "prompt" }]);
    expect(storedRecord(layer, "out")).toEqual({ v: 1, self: layer.id, mode: "stack" });
    expect(layer.data.get("shared|spaces|edge")).toBe("not JSON");
    expect(layer.values.name).toBe("Rectangle");
  });

  test("are one step for Undo together, and no change when nothing differs", async () => {
    const board = await openTestBoard();
    const { panel, standIn } = board;
    const layers = [standIn.user.draw("RECTANGLE"), standIn.user.draw("RECTANGLE")];
    const before = pictureOfPage(board);
    const writes = layers.map(({ id }) => ({
      layer: id,
      key: "node" as const,
      value: recordOf("media"),
    }));
    const ask = { writes, isUndoStep: true };
    await panel.ask("writeRecords", ask);
    expect(await countChanges(board, () => panel.ask("writeRecords", ask))).toBe(0);
    standIn.user.undo();
    expect(pictureOfPage(board)).toBe(before);
  });

  test("taken away take the relaunch buttons with them", async () => {
    const { panel, standIn } = await openTestBoard();
    const layer = standIn.user.draw("RECTANGLE");
    const write = (value: string) =>
      panel.ask("writeRecords", {
        writes: [{ layer: layer.id, key: "node", value }],
        isUndoStep: false,
      });
    await write(recordOf("image-generator"));
    expect(layer.data.size).toBe(3);
    await write("");
    expect([...layer.data]).toEqual([]);
  });

  test("tell of layers that are gone, and of people who may only look, and write the rest", async () => {
    const { panel, standIn } = await openTestBoard();
    const layer = standIn.user.draw("RECTANGLE");
    const writes = ["9:9", layer.id].map((id) => {
      return { layer: id, key: "node" as const, value: recordOf("media") };
    });
    const first = await panel.ask("writeRecords", { writes, isUndoStep: false });
    expect(first.refused).toEqual([{ layer: "9:9", message: "This layer is gone." }]);
    expect(storedRecord(layer, "node")).not.toBeNull();
    standIn.user.loseEditRights();
    const other = { layer: layer.id, key: "out" as const, value: "{}" };
    const second = await panel.ask("writeRecords", { writes: [other], isUndoStep: false });
    expect(second.refused[0]?.message).toContain("not edit it");
    expect(await panel.ask("writeDocumentRecord", { value: "{}" })).toEqual({ isWritten: false });
  });

  test("the file's own is written", async () => {
    const { panel, standIn } = await openTestBoard();
    const written = await panel.ask("writeDocumentRecord", { value: '{"v":1}' });
    expect(written).toEqual({ isWritten: true });
    expect(standIn.document.root.data.get("shared|spaces|doc")).toBe('{"v":1}');
  });

  test("the file's own cannot be written by who may only look, not even as it is", async () => {
    const { panel, standIn } = await openTestBoard();
    await panel.ask("writeDocumentRecord", { value: '{"v":1}' });
    standIn.user.loseEditRights();
    const again = await panel.ask("writeDocumentRecord", { value: '{"v":1}' });
    expect(again).toEqual({ isWritten: false });
  });
});

describe("the text of a node", () => {
  test("is written into a card, a text, a sticky, a shape and a code block", async () => {
    const design = await openTestBoard();
    const card = await design.create("text");
    const text = design.standIn.user.draw("TEXT");
    design.standIn.user.type(text, "Old");
    const figjam = await openTestBoard({ editor: "figjam" });
    const shape = await figjam.create("text");
    const sticky = figjam.standIn.user.addSticky("Old");
    const code = figjam.standIn.user.draw("CODE_BLOCK");
    const write = async (board: typeof design, layer: string) => {
      const answer = await board.panel.ask("writeText", { layer, text: "New words" });
      expect(answer).toEqual({ message: null });
    };
    for (const id of [card, text.id]) await write(design, id);
    for (const id of [shape, sticky.id, code.id]) await write(figjam, id);
    expect(charactersOf(piecesOf(design.layer(card)).get("text"))).toBe("New words");
    const others = [text, sticky, figjam.layer(shape)].map(charactersOf);
    expect([...others, code.values["code"]]).toEqual(Array(4).fill("New words"));
    design.standIn.user.undo();
    expect(charactersOf(text)).toBe("Old");
  });

  test("stays in a card that is drawn from what was known before", async () => {
    const board = await openTestBoard();
    const card = await board.create("text");
    const drawing = board.draw(card, "text");
    const writing = board.panel.ask("writeText", { layer: card, text: "typed meanwhile" });
    await Promise.all([drawing, writing]);
    await board.draw(card, "text");
    expect(charactersOf(piecesOf(board.layer(card)).get("text"))).toBe("typed meanwhile");
  });

  test("is not written where it cannot be, with the reason", async () => {
    const { panel, standIn } = await openTestBoard();
    const { user } = standIn;
    const locked = user.draw("TEXT", { locked: true, name: "Head" });
    const text = user.draw("TEXT");
    user.type(text, "Old");
    const content = text.values["textText"] as { runs: { style: object }[] };
    const fontName = { family: "Nowhere Sans", style: "Bold" };
    const runs = content.runs.map((run) => ({ ...run, style: { ...run.style, fontName } }));
    user.set(text, "textText", { ...content, runs });
    const box = user.draw("RECTANGLE", { name: "Box" });
    const why = async (layer: string) =>
      (await panel.ask("writeText", { layer, text: "New" })).message;
    expect(await why(locked.id)).toBe('"Head" is locked. Unlock it to change its text.');
    expect(await why(text.id)).toContain("not on this computer");
    expect(await why(box.id)).toBe('"Box" holds no text that can be changed from here.');
    expect(await why("9:9")).toBe("This layer is gone.");
  });
});

test("layers are removed in one step; locked ones stay, and gone ones are no trouble", async () => {
  const { panel, standIn } = await openTestBoard();
  const { user, document } = standIn;
  const [one, two] = [user.draw("RECTANGLE"), user.draw("RECTANGLE")];
  const locked = user.draw("RECTANGLE", { locked: true, name: "Mine" });
  const layers = [one.id, two.id, locked.id, "9:9"];
  const { refused } = await panel.ask("removeLayers", { layers, isUndoStep: true });
  expect(refused).toEqual([
    { layer: locked.id, message: '"Mine" is locked. Unlock it to delete it.' },
  ]);
  expect(document.pages[0]?.children).toEqual([locked]);
  user.undo();
  expect(document.pages[0]?.children).toHaveLength(3);
});

describe.each(["figma", "figjam"] as const)("a duplicate in %s", (editor) => {
  test("stands beside its original with the results in it and around it, in one step", async () => {
    const board = await openTestBoard({ editor });
    const { panel, standIn, send, place } = board;
    await send("png", buildPng({ widthPx: 100, heightPx: 100 }));
    const picture = { transfer: "png", widthPx: 100, heightPx: 100 };
    const rungs = [{ kind: "image-fill" as const, picture, link: null }];
    const node = await board.create("image-generator");
    await place({ node, rungs, record: resultRecord({ pid: "in", src: node, w: 100, h: 100 }) });
    const loose = standIn.user.draw("RECTANGLE", {}, { x: 0, y: 400 });
    const record = JSON.stringify({ ...resultRecord({ pid: "out", src: node }), self: loose.id });
    await panel.ask("writeRecords", {
      writes: [{ layer: loose.id, key: "res", value: record }],
      isUndoStep: true,
    });
    const before = pictureOfPage(board);
    const { layer } = await panel.ask("duplicateLayer", { layer: node });
    const [box, copy] = [board.layer(node), board.layer(layer!)].map(absoluteBox);
    expect(copy!.x).toBe(box!.x + 360);
    expect(storedRecord(board.layer(layer!), "node")).toMatchObject({ self: node });
    const page = standIn.document.pages[0]!.children!;
    const twin = page.find((each) => each !== loose && each.type === "RECTANGLE");
    expect(absoluteBox(twin!).x - copy!.x).toBe(absoluteBox(loose).x - box!.x);
    expect(
      [...standIn.document.layers.values()].filter((each) => each.data.has("shared|spaces|res")),
    ).toHaveLength(4);
    standIn.user.undo();
    expect(pictureOfPage(board)).toBe(before);
    const gone = await panel.ask("duplicateLayer", { layer: "9:9" });
    expect(gone).toEqual({ layer: null, message: "The node's layer is gone." });
  });
});
