import { afterEach, describe, expect, test } from "vitest";
import { nodeTypes, definitionOf } from "#domain/nodes/index";
import { absoluteBox } from "../figma/model/geometry.ts";
import {
  charactersOf,
  closeBoards,
  contentOf,
  countChanges,
  openTestBoard,
  piecesOf,
  recordOf,
  storedRecord,
} from "./board.ts";

afterEach(closeBoards);

const done = { kind: "done", text: "", done: null } as const;
const running = { kind: "running", text: "Running · 40 %", done: 0.4 } as const;

describe.each(["figma", "figjam"] as const)("a new node's card in %s", (editor) => {
  test("is drawn with its sign, its title and its words, whatever its type", async () => {
    const board = await openTestBoard({ editor });
    for (const type of nodeTypes) {
      const id = await board.create(type, { title: "Mine" });
      const root = board.layer(id);
      const isShape = editor === "figjam" && type === "text";
      const expected = editor === "figma" ? "FRAME" : isShape ? "SHAPE_WITH_TEXT" : "SECTION";
      expect([root.type, root.values.width]).toEqual([expected, 280]);
      expect(root.values.name).toBe(`${definitionOf(type).title} · Mine`);
      expect(storedRecord(root, "node")).toMatchObject({ self: id, kind: type });
      expect(charactersOf(root)).toBe("");
      if (isShape) continue;
      const pieces = piecesOf(root);
      expect(charactersOf(pieces.get("title"))).toBe("Mine");
      expect(charactersOf(pieces.get("hint"))).toBe(definitionOf(type).emptyHint);
      expect(pieces.get("glyph")?.children?.length).toBeGreaterThan(0);
      expect(pieces.get("status")?.values.visible).toBe(false);
      expect(pieces.get("face")?.values.locked).toBe(editor === "figjam" ? true : undefined);
    }
  });

  test("goes right of the node it follows, and to the middle of the screen without one", async () => {
    const board = await openTestBoard({ editor });
    board.standIn.user.person.viewport = { center: { x: 1000, y: 500 }, zoom: 1 };
    const first = await board.create("image-generator");
    const box = absoluteBox(board.layer(first));
    expect(Math.abs(box.x + box.width / 2 - 1000)).toBeLessThan(2);
    expect(Math.abs(box.y + box.height / 2 - 500)).toBeLessThan(2);
    const second = await board.create("video-generator", {}, first);
    expect(absoluteBox(board.layer(second))).toMatchObject({ x: box.x + 360, y: box.y });
    const third = await board.create("video-generator", {}, first);
    expect(absoluteBox(board.layer(third)).y).toBeGreaterThan(box.y);
  });

  test("is one step for Undo, and is known again after Redo", async () => {
    const board = await openTestBoard({ editor });
    const id = await board.create("image-generator");
    board.standIn.user.undo();
    expect(board.standIn.document.layer(id)).toBeNull();
    board.standIn.user.redo();
    await board.draw(id, "image-generator", { title: "Back" });
    expect(board.layer(id).values.name).toBe("Image Generator · Back");
  });

  test("changes nothing when it is drawn as it is, and only the words of what changed", async () => {
    const board = await openTestBoard({ editor });
    const id = await board.create("image-generator");
    const draw = (changes: object) => () => board.draw(id, "image-generator", changes);
    expect(await countChanges(board, draw({}))).toBe(0);
    await board.draw(id, "image-generator", { status: running });
    const status = piecesOf(board.layer(id)).get("status");
    expect([status?.values.visible, charactersOf(status?.children?.[0])]).toEqual([
      true,
      running.text,
    ]);
    const later = { ...running, text: "Running · 80 %" };
    const changes = await countChanges(board, draw({ status: later }));
    expect(changes).toBeLessThan(6);
    expect(await countChanges(board, draw({ status: later }))).toBe(0);
  });

  test("is drawn without a step for Undo", async () => {
    const board = await openTestBoard({ editor });
    const id = await board.create("image-generator");
    const { history } = board.standIn.document;
    const person = board.standIn.user.person.id;
    const steps = history.depth(person);
    await board.draw(id, "image-generator", { status: running });
    await board.draw(id, "image-generator", { status: done });
    expect(history.depth(person)).toBeLessThanOrEqual(steps + 1);
    board.standIn.user.undo();
    expect(board.standIn.document.layer(id)).not.toBeNull();
  });

  test("goes on without a piece that somebody deleted", async () => {
    const board = await openTestBoard({ editor });
    const parts = ["header", "title", "status", "status-text", "body", "hint", "footer", "glyph"];
    for (const part of parts) {
      const id = await board.create("image-generator", { status: running });
      board.standIn.user.delete(piecesOf(board.layer(id)).get(part)!);
      await board.draw(id, "image-generator", {
        title: "Other",
        status: { kind: "failed", text: "Failed", done: null },
        body: { kind: "failure", text: "It broke." },
      });
      expect(board.layer(id).values.name).toBe("Image Generator · Other");
      const isTold = charactersOf(piecesOf(board.layer(id)).get("failure")) === "It broke.";
      expect(isTold).toBe(part !== "hint");
    }
  });

  test("takes a text whose font was changed by hand, and tells of a card that is gone", async () => {
    const board = await openTestBoard({ editor });
    const id = await board.create("image-generator");
    const title = piecesOf(board.layer(id)).get("title")!;
    const text = title.values["textText"] as { runs: { style: object }[] };
    const runs = text.runs.map((run) => ({
      ...run,
      style: { ...run.style, fontName: { family: "Georgia", style: "Bold" } },
    }));
    board.standIn.user.set(title, "textText", { ...text, runs });
    await board.draw(id, "image-generator", { title: "New" });
    expect(charactersOf(title)).toBe("New");
    board.standIn.user.delete(id);
    const cards = [{ ...contentOf("image-generator"), layer: id }];
    const { refused } = await board.panel.ask("drawCards", { cards });
    expect(refused).toEqual([{ layer: id, message: "The node's layer is gone." }]);
  });

  test("leaves layers alone that people made", async () => {
    const board = await openTestBoard({ editor });
    const frame = board.standIn.user.draw("FRAME", { name: "Mine" });
    const changes = await countChanges(board, () => board.draw(frame.id, "image-generator"));
    expect([changes, frame.values.name]).toEqual([0, "Mine"]);
  });

  test("offers to open the panel and, where it runs, to run from here", async () => {
    const board = await openTestBoard({ editor });
    const buttons = (id: string) =>
      [...board.layer(id).data.keys()].flatMap(
        (key) => /^relaunch\|.*\|(.*)$/.exec(key)?.[1] ?? [],
      );
    expect(buttons(await board.create("image-generator"))).toEqual(["openNode", "runFromHere"]);
    expect(buttons(await board.create("text"))).toEqual(["openNode"]);
  });

  test("refuses without edit rights, and leaves nothing", async () => {
    const board = await openTestBoard({ editor });
    board.standIn.user.loseEditRights();
    const ask = {
      content: contentOf("image-generator"),
      record: recordOf("image-generator"),
      after: null,
    };
    const answer = await board.panel.ask("createNode", ask);
    expect(answer.layer).toBeNull();
    expect(answer.message).toContain("not edit it");
    expect(board.standIn.document.pages[0]?.children).toEqual([]);
  });
});
