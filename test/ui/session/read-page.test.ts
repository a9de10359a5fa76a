import { effect } from "@preact/signals-core";
import { afterEach, describe, expect, it } from "vitest";
import { layer, nodeRecord, page, sticky } from "../../helpers/build-board.ts";
import { FakeCanvas } from "./fake-canvas.ts";
import { closeTestSessions, openTestSession, type TestSession } from "./open-test-session.ts";

afterEach(closeTestSessions);

const text = (id: string, words = id) => ({
  ...sticky(id, words),
  records: { node: nodeRecord(id, "text") },
});
const counts = (session: TestSession, count: number) =>
  session.until(({ node }) => node.kind === "nothing" && node.nodeCount === count);

describe("reading the page", () => {
  it("takes in what changes between two pieces of it", async () => {
    const canvas = new FakeCanvas(...["a", "b", "c", "d"].map((id) => text(id)));
    canvas.pieceSize = 1;
    let turns = 0;
    canvas.betweenPieces = () => {
      turns += 1;
      if (turns === 1) canvas.change([text("a", "changed"), text("e")], []);
      if (turns === 2) canvas.change([], ["b"]);
    };
    const session = openTestSession(canvas);
    await counts(session, 4);
    canvas.select("a");
    expect((await session.node()).title).toBe("changed");
  });

  it("follows to another page, also while one is being read", async () => {
    const canvas = new FakeCanvas(...["a", "b", "c"].map((id) => text(id)));
    canvas.pieceSize = 1;
    const other = { ...page(text("x"), text("y")), id: "other", name: "Other" };
    canvas.betweenPieces = () => {
      canvas.betweenPieces = null;
      canvas.showPage(other);
    };
    const session = openTestSession(canvas);
    await counts(session, 2);
    canvas.showPage(page(text("a")));
    await counts(session, 1);
    expect(session.view.peek().notices).toEqual([]);
  });

  it("collects what comes while much is dragged, and misses nothing of it", async () => {
    const many = Array.from({ length: 1_200 }, (_, at) => layer(`r${at}`, "RECTANGLE"));
    const canvas = new FakeCanvas(text("a"), ...many);
    const session = openTestSession(canvas);
    await counts(session, 1);
    canvas.select("a");
    const seen = new Set<string>();
    effect(() => {
      const { node } = session.view.value;
      if (node.kind === "node") seen.add(node.node.title);
    });
    for (let step = 1; step <= 20; step += 1) canvas.change([text("a", `step ${step}`)]);
    await session.node(({ title }) => title === "step 1");
    // What was told is on its way; it arrives before anything else can happen.
    await new Promise((resolve) => setImmediate(resolve));
    session.time.advance(100);
    await session.node(({ title }) => title === "step 20");
    expect([...seen]).toEqual(["a", "step 1", "step 20"]);
  });

  it("means the node when something inside of it is selected", async () => {
    const image = layer("i", "SECTION", { records: { node: nodeRecord("i", "image-generator") } });
    const canvas = new FakeCanvas(image, layer("r", "RECTANGLE", { parent: "i" }), text("t"));
    canvas.selection = ["r"];
    const session = openTestSession(canvas);
    expect((await session.node()).id).toBe("i");
    canvas.select("r", "t");
    const { node } = await session.until((view) => view.node.kind === "several");
    expect(node).toMatchObject({ nodes: [{ id: "i" }, { id: "t" }] });
  });

  it("is warned of what the canvas refuses in the background", async () => {
    const canvas = new FakeCanvas(text("a"));
    const session = openTestSession(canvas);
    await counts(session, 1);
    canvas.complain("Figma ran out of memory.");
    const { notices } = await session.until((view) => view.notices.length > 0);
    expect(notices).toMatchObject([{ text: "Figma ran out of memory." }]);
  });

  it("pulls the panel within its limits, and asks only for the newest size", async () => {
    const canvas = new FakeCanvas();
    const session = openTestSession(canvas);
    await session.until(({ settings }) => settings.fileName === "File");
    for (let step = 0; step < 50; step += 1) session.actions.resizeBy(10, -10);
    await expect.poll(() => canvas.panelSize).toEqual({ width: 520, height: 320 });
    expect(canvas.sizes.length).toBeLessThan(10);
    for (let step = 0; step < 50; step += 1) session.actions.resizeBy(-10, 10);
    await expect.poll(() => canvas.panelSize).toEqual({ width: 340, height: 640 });
  });
});
