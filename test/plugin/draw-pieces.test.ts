import { afterEach, describe, expect, test } from "vitest";
import { inputPlace, outputPlace } from "#domain/port-place";
import { absoluteBox } from "../figma/model/geometry.ts";
import { isRemoved, type Layer } from "../figma/model/layer.ts";
import { buildPng } from "../helpers/build-png.ts";
import {
  charactersOf,
  closeBoards,
  contentOf,
  countChanges,
  openTestBoard,
  pictureOfPage,
  piecesOf,
  recordOf,
  resultRecord,
  type Board,
} from "./board.ts";

afterEach(closeBoards);

test("the ports of a card in Design stand where links meet them, however high it is", async () => {
  const board = await openTestBoard();
  const id = await board.create("image-generator");
  const centres = () => {
    const dots = (board.layer(id).children ?? []).filter(({ type }) => type === "ELLIPSE");
    const boxes = dots.map((dot) => ({ dot, box: absoluteBox(dot) }));
    return boxes.map(({ dot, box }) => ({
      isOutput: dot.values.name === "Output port",
      x: box.x + 5,
      y: box.y + 5,
    }));
  };
  const check = () => {
    const box = absoluteBox(board.layer(id));
    const [output, ...inputs] = centres().sort((one) => (one.isOutput ? -1 : 1));
    expect(output).toMatchObject(outputPlace(box));
    const wanted = [0, 1, 2].map((at) => inputPlace(box, at, 3));
    // They lie just inside the edge, so that the head of a link is not covered.
    expect(inputs.map(({ x, y }) => ({ x: x - 5, y }))).toEqual(wanted);
  };
  check();
  await board.draw(id, "image-generator", { body: { kind: "failure", text: "No.\n".repeat(9) } });
  check();
  await board.send("picture", buildPng({ widthPx: 90, heightPx: 200 }));
  const picture = { transfer: "picture", widthPx: 90, heightPx: 200 };
  await board.place({ node: id, rungs: [{ kind: "image-fill", picture, link: null }] });
  check();
});

test("inputs follow what the card is told: names where there are several, none where there is one", async () => {
  const board = await openTestBoard();
  const id = await board.create("image-generator");
  const inputs = () =>
    board.layer(id).children!.filter(({ values }) => values.name.startsWith("Input port"));
  expect([charactersOf(piecesOf(board.layer(id)).get("inputs")), inputs().length]).toEqual([
    "Prompt\nReferences\nMask",
    3,
  ]);
  await board.draw(id, "image-generator", { inputs: ["Prompt"] });
  expect([piecesOf(board.layer(id)).has("inputs"), inputs().length]).toEqual([false, 1]);
});

describe("in FigJam, where nothing lays a section out, the footer of a card stands below its results", () => {
  async function openWithResult() {
    const board = await openTestBoard({ editor: "figjam" });
    const id = await board.create("image-generator", { body: null });
    const section = board.layer(id);
    const emptyHeight = section.values.height;
    const size = { widthPx: 200, heightPx: 100 };
    await board.send("picture", buildPng(size));
    const rungs = [
      { kind: "image-fill" as const, picture: { transfer: "picture", ...size }, link: null },
    ];
    const before = pictureOfPage(board);
    const record = resultRecord({ pid: "one", src: id, w: 200, h: 100 });
    const outcome = await board.place({ node: id, rungs, record });
    if (outcome.kind !== "placed") throw new Error(outcome.kind);
    const result = board.layer(outcome.layer);
    const pieces = () => piecesOf(section);
    const gaps = () => {
      const [box, footer] = [absoluteBox(result), absoluteBox(pieces().get("footer")!)];
      const above = ["body", "header"].map((part) => pieces().get(part));
      const last = absoluteBox(above.find((piece) => piece?.values.visible)!);
      const card = absoluteBox(section);
      return [
        box.y - last.y - last.height,
        footer.y - box.y - box.height,
        card.y + card.height - footer.y - footer.height,
      ];
    };
    return { board, id, section, emptyHeight, result, gaps, before };
  }
  const failure = { body: { kind: "failure", text: "No.\n".repeat(5) } } as const;

  test("when the body changes", async () => {
    const { board, id, section, gaps } = await openWithResult();
    expect(gaps()).toEqual([4, 4, 0]);
    const tight = section.values.height;
    await board.draw(id, "image-generator", failure);
    expect(gaps()).toEqual([4, 4, 0]);
    expect(section.values.height).toBeGreaterThan(tight);
    await board.draw(id, "image-generator", { body: null });
    expect([gaps(), section.values.height]).toEqual([[4, 4, 0], tight]);
  });

  test("when people move the result, take it away and bring it back", async () => {
    const { board, id, section, emptyHeight, result, gaps } = await openWithResult();
    const { user } = board.standIn;
    const tight = section.values.height;
    user.move(result, 16, 100);
    await board.draw(id, "image-generator", { body: null });
    expect(gaps()).toEqual([64, 4, 0]);
    expect(section.values.height).toBe(tight + 60);
    user.delete(result);
    await board.draw(id, "image-generator", { body: null });
    expect(section.values.height).toBe(emptyHeight);
    await board.draw(id, "image-generator", failure);
    while (isRemoved(result) && user.undo());
    expect(result.parent).toBe(section);
    await board.draw(id, "image-generator", { body: null });
    expect([gaps()[1], gaps()[2]]).toEqual([4, 0]);
  });

  test("when the placement is undone, which leaves the card as it was, and done again", async () => {
    const { board, id, section, gaps, before, result } = await openWithResult();
    const after = pictureOfPage(board);
    board.standIn.user.undo();
    expect(pictureOfPage(board)).toBe(before);
    board.standIn.user.redo();
    expect(pictureOfPage(board)).toBe(after);
    expect([gaps(), board.layer(result.id).parent]).toEqual([[4, 4, 0], section]);
    const changes = await countChanges(board, () =>
      board.draw(id, "image-generator", { body: null }),
    );
    expect(changes).toBe(0);
  });

  test("in a copy of a card, whose pictures are copies too", async () => {
    const { board, id, section, result } = await openWithResult();
    const { layer } = await board.panel.ask("duplicateLayer", { layer: id });
    const copy = board.layer(layer!);
    await board.draw(copy.id, "image-generator", failure);
    await board.draw(id, "image-generator", failure);
    const below = (card: Layer, child: Layer) =>
      absoluteBox(piecesOf(card).get("footer")!).y - absoluteBox(child).y - child.values.height;
    const twin = copy.children!.find(({ type }) => type === result.type)!;
    expect([below(section, result), below(copy, twin)]).toEqual([4, 4]);
  });
});

test.each(["figma", "figjam"] as const)(
  "in %s a person who undoes the first result of a card leaves another person's above the footer",
  async (editor) => {
    const board = await openTestBoard({ editor });
    const id = await board.create("image-generator", { body: null });
    const other = await openTestBoard({ on: board.standIn, by: board.standIn.remote("Lin") });
    const size = { widthPx: 200, heightPx: 100 };
    const placeAs = async (by: Board, pid: string) => {
      await by.send("picture", buildPng(size));
      const rungs = [
        { kind: "image-fill" as const, picture: { transfer: "picture", ...size }, link: null },
      ];
      const record = resultRecord({ pid, src: id, runId: pid, w: 200, h: 100 });
      const outcome = await by.place({ node: id, rungs, record });
      if (outcome.kind !== "placed") throw new Error(outcome.kind);
      return board.layer(outcome.layer);
    };
    const first = await placeAs(board, "one");
    const second = await placeAs(other, "two");
    board.standIn.user.undo();
    expect([isRemoved(first), isRemoved(second)]).toEqual([true, false]);
    await board.draw(id, "image-generator", { body: null });
    const footer = absoluteBox(piecesOf(board.layer(id)).get("footer")!);
    const box = absoluteBox(second);
    expect(footer.y).toBe(box.y + box.height + 4);
  },
);

test("a status that is long is cut, and a colour is never the only sign", async () => {
  const board = await openTestBoard();
  const id = await board.create("image-generator");
  const text = "Waiting for the very first of all nodes: failed";
  await board.draw(id, "image-generator", { status: { kind: "blocked", text, done: null } });
  const shown = charactersOf(piecesOf(board.layer(id)).get("status-text"));
  expect(shown.length).toBeLessThanOrEqual(24);
  expect(text.startsWith(shown.slice(0, -1))).toBe(true);
});

test.each(["figma", "figjam"] as const)(
  "a node that %s refuses in the middle leaves nothing behind",
  async (editor) => {
    const board = await openTestBoard({ editor });
    const { document } = board.standIn;
    const ask = {
      content: contentOf("image-generator"),
      record: recordOf("image-generator"),
      after: null,
    };
    for (const most of [1, 2, 5, 20, 60, 100]) {
      let writes = 0;
      const stop = document.listen(({ kind }) => {
        if (kind !== "delete" && (writes += 1) === most) throw new Error("Odd layer");
      });
      const answer = await board.panel.ask("createNode", ask);
      stop();
      expect(answer).toEqual({
        layer: null,
        message: expect.stringContaining("Odd layer") as string,
      });
      expect(document.pages[0]?.children).toEqual([]);
    }
  },
);
