import { afterEach, describe, expect, test } from "vitest";
import { linkDrawing } from "#domain/link-drawing";
import { absoluteBox, absoluteTransform, applyTransform } from "../figma/model/geometry.ts";
import type { Layer } from "../figma/model/layer.ts";
import { closeBoards, countChanges, openTestBoard, storedRecord, type Board } from "./board.ts";

afterEach(closeBoards);

interface Network {
  readonly vertices: readonly { x: number; y: number; strokeCap?: string }[];
}

const networkOf = (line: Layer) => line.values["vectorNetwork"] as Network;
const pointsOf = (line: Layer) =>
  networkOf(line).vertices.map((vertex) => applyTransform(absoluteTransform(line), vertex));
const near = (points: readonly { x: number; y: number }[]) =>
  points.map(({ x, y }) => ({
    x: expect.closeTo(x, 1) as number,
    y: expect.closeTo(y, 1) as number,
  }));

async function openWithCards() {
  const board = await openTestBoard();
  const from = await board.create("text");
  const to = await board.create("image-generator", {}, from);
  return { ...board, from, to };
}

function drawing(board: Board, from: string, to: string) {
  const [one, other] = [from, to].map((id) => ({ id, box: absoluteBox(board.layer(id)) }));
  return linkDrawing({ ...one!, type: "text" }, { ...other!, type: "image-generator" }, "prompt");
}

describe("links in Design", () => {
  test("run through the points as told, behind the cards, with a head, in the type's colour", async () => {
    const { from, to, ...board } = await openWithCards();
    const link = drawing(board, from, to);
    const { layers, refused } = await board.panel.ask("drawLinks", { links: [link] });
    expect(refused).toEqual([]);
    const line = board.layer(layers[0]!);
    expect([line.type, line.values.name, line.values["strokeWeight"]]).toEqual([
      "VECTOR",
      "Spaces link",
      1.5,
    ]);
    expect(pointsOf(line)).toEqual(near(link.points));
    expect(networkOf(line).vertices.map(({ strokeCap }) => strokeCap)).toEqual([
      ...link.points.slice(1).map(() => "NONE"),
      "ARROW_EQUILATERAL",
    ]);
    expect(storedRecord(line, "edge")).toMatchObject({ self: line.id, made: "plugin" });
    const order = board.standIn.document.pages[0]!.children!.map(({ id }) => id);
    expect(order.indexOf(line.id)).toBe(0);
    const [stroke] = line.values["strokes"] as { color: { r: number } }[];
    expect(stroke?.color.r).toBeCloseTo(0x97 / 255);
  });

  test("follow, change nothing when they are right, and are not drawn anew when deleted", async () => {
    const { from, to, ...board } = await openWithCards();
    const { layers } = await board.panel.ask("drawLinks", { links: [drawing(board, from, to)] });
    const [layer] = layers;
    board.standIn.user.move(to, 900, 500);
    const moved = { ...drawing(board, from, to), layer: layer! };
    await board.panel.ask("drawLinks", { links: [moved] });
    expect(pointsOf(board.layer(layer!))).toEqual(near(moved.points));
    const again = () => board.panel.ask("drawLinks", { links: [moved] });
    expect(await countChanges(board, again)).toBe(0);
    board.standIn.user.delete(layer!);
    const answer = await again();
    expect(answer.layers).toEqual([null]);
    expect(answer.refused[0]?.layer).toBe(layer);
  });

  test("hang in the nearest frame around both, in its own space, above what lies below both", async () => {
    const { from, to, ...board } = await openWithCards();
    const { user } = board.standIn;
    const ground = user.draw("RECTANGLE", { width: 3000, height: 3000 });
    const frame = user.draw("FRAME", { width: 3000, height: 2000 }, { x: -500, y: -300 });
    for (const each of [ground.id, from, to]) user.putInto(each, frame);
    const link = drawing(board, from, to);
    const { layers } = await board.panel.ask("drawLinks", { links: [link] });
    const line = board.layer(layers[0]!);
    expect(frame.children?.map(({ id }) => id).indexOf(line.id)).toBe(1);
    expect(pointsOf(line)).toEqual(near(link.points));
  });

  test("an arrow that a person drew keeps its looks and only goes where the way goes", async () => {
    const { from, to, ...board } = await openWithCards();
    const arrow = board.standIn.user.drawArrow({ x: 10, y: 10 }, { x: 110, y: 60 });
    const line = board.standIn.user.draw(
      "LINE",
      { width: 100, strokeCap: "ARROW_LINES" },
      { x: 5, y: 5 },
    );
    const points = [
      { x: 300, y: 300 },
      { x: 300, y: 500 },
    ];
    const record = JSON.stringify({ v: 1, self: "", made: "user" });
    const links = [arrow, line].map(({ id }) => {
      return { layer: id, points, type: "text" as const, record, from, to };
    });
    const looks = [
      arrow.values["strokes"],
      networkOf(arrow).vertices.map(({ strokeCap }) => strokeCap),
    ];
    await board.panel.ask("drawLinks", { links });
    expect(pointsOf(arrow)).toEqual(near(points));
    const ends = [0, 100].map((x) => applyTransform(absoluteTransform(line), { x: x * 2, y: 0 }));
    expect([line.values.width, ends]).toEqual([200, near(points)]);
    expect([
      arrow.values["strokes"],
      networkOf(arrow).vertices.map(({ strokeCap }) => strokeCap),
    ]).toEqual(looks);
    expect(arrow.values.name).toBe("Arrow 1");
    expect(await countChanges(board, () => board.panel.ask("drawLinks", { links }))).toBe(0);
  });

  test("a drawn arrow is turned by its heads", async () => {
    const board = await openTestBoard();
    const arrow = board.standIn.user.drawArrow({ x: 0, y: 0 }, { x: 100, y: 0 });
    const turn = (layer: string) => board.panel.ask("turnConnector", { layer });
    expect(await turn(arrow.id)).toEqual({ message: null });
    expect(networkOf(arrow).vertices.map(({ strokeCap }) => strokeCap)).toEqual([
      "ARROW_LINES",
      "NONE",
    ]);
    const line = board.standIn.user.draw("LINE");
    expect((await turn(line.id)).message).toContain("Draw it anew");
    const refused = await board.panel.ask("drawConnector", {
      from: "1:1",
      to: "1:2",
      label: null,
      record: "{}",
    });
    expect(refused.layer).toBeNull();
  });
});

describe("connectors in FigJam", () => {
  async function openWithStickies() {
    const board = await openTestBoard({ editor: "figjam" });
    const { user } = board.standIn;
    const [one, two] = [user.addSticky("One"), user.addSticky("Two", { x: 600, y: 0 })];
    return { ...board, user, one, two };
  }

  test("are drawn with heads, label and record, in the nearest section around both", async () => {
    const { user, one, two, ...board } = await openWithStickies();
    const section = user.draw("SECTION", { width: 1200, height: 600 });
    for (const sticky of [one, two]) user.putInto(sticky, section);
    const ask = { from: one.id, to: two.id, label: "prompt", record: '{"v":1}' };
    const { layer, message } = await board.panel.ask("drawConnector", ask);
    expect(message).toBeNull();
    const connector = board.layer(layer!);
    expect(connector.parent).toBe(section);
    expect(connector.values).toMatchObject({
      connectorStart: { endpointNodeId: one.id, magnet: "AUTO" },
      connectorEnd: { endpointNodeId: two.id, magnet: "AUTO" },
      connectorLineType: "ELBOWED",
      connectorEndStrokeCap: "ARROW_LINES",
    });
    expect((connector.values["textText"] as { characters: string }).characters).toBe("prompt");
    expect(storedRecord(connector, "edge")).toEqual({ v: 1, self: connector.id });
    user.undo();
    expect(board.standIn.document.layer(connector.id)).toBeNull();
  });

  test("are refused at locked and hidden layers, with nothing left", async () => {
    const { user, one, two, ...board } = await openWithStickies();
    const ask = { from: one.id, to: two.id, label: null, record: "{}" };
    user.set(two, "locked", true);
    expect((await board.panel.ask("drawConnector", ask)).message).toContain("is locked");
    user.set(one, "visible", false);
    expect((await board.panel.ask("drawConnector", ask)).message).toContain("is hidden");
    expect(board.standIn.document.pages[0]?.children).toHaveLength(2);
  });

  test("turn their ends about, and hold on where they floated", async () => {
    const { user, one, two, ...board } = await openWithStickies();
    const connector = user.drawConnector(one, two);
    expect(await board.panel.ask("turnConnector", { layer: connector.id })).toEqual({
      message: null,
    });
    expect(connector.values).toMatchObject({
      connectorStart: { endpointNodeId: two.id },
      connectorEnd: { endpointNodeId: one.id },
      connectorEndStrokeCap: "ARROW_LINES",
    });
    const floating = user.drawConnector({ x: 100, y: 100 }, two);
    const tie = { layer: floating.id, from: one.id, to: two.id };
    expect(await board.panel.ask("tieConnector", tie)).toEqual({ message: null });
    expect(floating.values["connectorStart"]).toEqual({ endpointNodeId: one.id, magnet: "AUTO" });
    const backwards = user.drawConnector({ x: 0, y: 0 }, { x: 600, y: 0 });
    user.set(backwards, "connectorStartStrokeCap", "ARROW_LINES");
    user.set(backwards, "connectorEndStrokeCap", "NONE");
    await board.panel.ask("tieConnector", { ...tie, layer: backwards.id });
    expect(backwards.values).toMatchObject({
      connectorStart: { endpointNodeId: two.id },
      connectorEnd: { endpointNodeId: one.id },
    });
  });
});
