import { beforeEach, describe, expect, test } from "vitest";
import type { AskOf } from "#domain/channel";
import type { CardStatus } from "#domain/card";
import type { LayerFacts, PageFacts } from "#domain/layer";
import { linkDrawing } from "#domain/link-drawing";
import { readBoard } from "#domain/read-board";
import { arrow, layer, nodeRecord, page } from "../../helpers/build-board.ts";
import { CanvasModel, DocumentModel } from "./canvas-model.ts";
import { ManualTime, settle } from "./manual-time.ts";
import { openSession, type OpenSession } from "./open-session.ts";

let time: ManualTime;
let session: OpenSession;
let travel: (what: string) => Promise<void>;

beforeEach(() => {
  time = new ManualTime();
  travel = () => Promise.resolve();
  const clock = time.clockOf(0);
  const parts = { name: "A", time: clock, travel: (what: string) => travel(what) };
  const canvas = new CanvasModel(new DocumentModel(), parts, () => undefined);
  session = openSession({ name: "A", canvas, relay: null, time: clock, root: "" });
});

const pass = (ms: number) => time.pass(ms);
function show(facts: PageFacts): void {
  session.page.value = facts;
  session.board.value = readBoard(facts, { uses: new Map() });
}
const asksOf = <Name extends "drawCards" | "drawLinks" | "writeRecords">(name: Name) =>
  session.canvas.asked.filter((each) => each.name === name).map(({ ask }) => ask as AskOf<Name>);
const ready: CardStatus = { kind: "ready", text: "Ready", done: null };
const card = (id: string, x = 0): LayerFacts => {
  const box = { x, y: 0, width: 280, height: 200 };
  return layer(id, "FRAME", { box, records: { node: nodeRecord(id, "list") } });
};
const statusesOf = (...ids: string[]) => new Map(ids.map((id) => [id, ready]));

describe("the cards of a page", () => {
  test("are drawn in one go, then only those that changed", async () => {
    show(page(card("a"), card("b")));
    session.statuses.value = statusesOf("a", "b");
    await pass(100);
    expect(asksOf("drawCards").map(({ cards }) => cards.map((each) => each.layer))).toEqual([
      ["a", "b"],
    ]);
    session.statuses.value = statusesOf("a", "b");
    await pass(100);
    expect(asksOf("drawCards")).toHaveLength(1);
    session.statuses.value = new Map([
      ["a", ready],
      ["b", { ...ready, kind: "stale", text: "Input changed" }],
    ]);
    await pass(100);
    expect(asksOf("drawCards")[1]?.cards).toMatchObject([
      { layer: "b", status: { kind: "stale" } },
    ]);
  });

  test("are drawn one request at a time, and what changed meanwhile in the next one", async () => {
    let letGo: () => void = () => undefined;
    travel = (what) =>
      what === "A drawCards there"
        ? new Promise((resolve) => (letGo = resolve))
        : Promise.resolve();
    show(page(card("a")));
    session.statuses.value = statusesOf("a");
    await pass(100);
    session.statuses.value = new Map([["a", { ...ready, kind: "queued" }]]);
    await pass(1_000);
    session.statuses.value = new Map([["a", { ...ready, kind: "running", done: 0.5 }]]);
    await pass(1_000);
    expect(asksOf("drawCards")).toHaveLength(1);
    letGo();
    await settle();
    await pass(100);
    expect(asksOf("drawCards").map(({ cards }) => cards[0]?.status.kind)).toEqual([
      "ready",
      "running",
    ]);
  });

  test("leave out what stands on its own layer, what is not known yet, and all where one may only look", async () => {
    const sticky = layer("s", "STICKY", {
      text: "A note",
      records: { node: nodeRecord("s", "text") },
    });
    const generator = layer("g", "FRAME", {
      records: { node: nodeRecord("g", "image-generator") },
    });
    show(page(sticky, generator, card("a")));
    session.statuses.value = statusesOf("s", "g");
    await pass(100);
    expect(asksOf("drawCards")).toEqual([]);
  });
});

describe("the links of a page", () => {
  const boxOf = ({ id, box }: LayerFacts) => ({ id, box: box!, type: "list" as const });
  const linked = (x: number): PageFacts => {
    const [a, b] = [card("a"), card("b", 600)];
    const { points, record } = linkDrawing(boxOf(a), boxOf(b), "items");
    const edge = record.replace('"self":""', '"self":"l"');
    return page(a, { ...b, box: { ...b.box!, x } }, arrow("l", points, { records: { edge } }));
  };

  test("follow when a layer moved, once, and are not asked for again where the canvas refuses", async () => {
    show(linked(600));
    await pass(100);
    expect(asksOf("drawLinks")).toEqual([]);
    show(linked(900));
    await pass(100);
    expect(asksOf("drawLinks")).toMatchObject([
      { links: [{ layer: "l", from: "a", to: "b", type: "list" }] },
    ]);
    show(linked(900));
    await pass(100);
    expect(asksOf("drawLinks")).toHaveLength(1);
    show(linked(1_200));
    await pass(100);
    expect(asksOf("drawLinks")).toHaveLength(2);
  });

  test("that were drawn while nobody looked are put right when the page is first seen", async () => {
    show(linked(900));
    await pass(100);
    expect(asksOf("drawLinks")).toHaveLength(1);
  });
});

describe("copies", () => {
  const copied = () => page(card("a"), { ...card("a"), id: "c" });
  const tell = (isLocal: boolean) => {
    session.canvas.panel.receive({
      ...{ spaces: "news", name: "layers" },
      news: { page: "page", changed: [], removed: [], created: ["c"], isLocal },
    });
  };

  test("are repaired when a page is first seen", async () => {
    show(copied());
    await pass(100);
    expect(asksOf("writeRecords")).toMatchObject([
      { writes: [{ layer: "c", key: "node" }], isUndoStep: false },
    ]);
  });

  test("that this person makes are repaired, also where the page tells of them late", async () => {
    show(page(card("a")));
    await pass(100);
    tell(true);
    await pass(100);
    show(copied());
    await pass(100);
    expect(asksOf("writeRecords")).toHaveLength(1);
  });

  test("of somebody else are left to them", async () => {
    show(page(card("a")));
    await pass(100);
    tell(false);
    show(copied());
    await pass(100);
    expect(asksOf("writeRecords")).toEqual([]);
  });
});

test("nothing goes on behind a background that was stopped", async () => {
  show(page(card("a")));
  session.statuses.value = statusesOf("a");
  session.background.stop();
  session.background.placeSoon();
  await pass(100_000);
  expect(session.canvas.asked).toEqual([]);
});
