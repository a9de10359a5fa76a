import { afterEach, describe, expect, it } from "vitest";
import type { NodeTabView } from "../../../ui/panel-view.ts";
import { arrow, connector, layer, nodeRecord, sticky } from "../../helpers/build-board.ts";
import { FakeCanvas } from "./fake-canvas.ts";
import { closeTestSessions, openTestSession, type TestSession } from "./open-test-session.ts";

afterEach(closeTestSessions);

async function tab<Kind extends NodeTabView["kind"]>(session: TestSession, kind: Kind) {
  const { node } = await session.until((view) => view.node.kind === kind);
  return node as Extract<NodeTabView, { kind: Kind }>;
}

const ready = (session: TestSession, count: number) =>
  session.until(({ node }) => node.kind === "nothing" && node.nodeCount === count);

describe("building a flow", () => {
  it.each(["figma", "figjam"] as const)(
    "adds the nodes of a template, joined, in %s",
    async (editor) => {
      const canvas = new FakeCanvas();
      canvas.editor = editor;
      const session = openTestSession(canvas);
      const { templates } = await tab(session, "nothing");
      expect(templates).toHaveLength(3);
      let count = 0;
      for (const { id } of templates) {
        session.actions.addTemplate(id);
        await expect.poll(() => canvas.shown.length).toBe((count += 1));
        expect(session.view.peek().notices).toEqual([]);
      }
      const lines = canvas.page.layers.filter(({ records }) => records.edge);
      expect(lines).toHaveLength(1 + 2 + 2);
      expect(new Set(lines.map(({ type }) => type))).toEqual(
        new Set([editor === "figma" ? "VECTOR" : "CONNECTOR"]),
      );
      canvas.select(canvas.shown[2]![1]!);
      const assistant = await session.node();
      expect(assistant).toMatchObject({ type: "assistant", references: [{ type: "media" }] });
    },
  );

  it("adds a node behind another one, at the input that fits", async () => {
    const image = layer("i", "SECTION", { records: { node: nodeRecord("i", "image-generator") } });
    const canvas = new FakeCanvas(image);
    const session = openTestSession(canvas);
    await ready(session, 1);
    canvas.select("i");
    expect((await session.node()).nextTypes.map(({ type }) => type)).toContain("image-upscaler");
    session.actions.addNode("image-upscaler", "i");
    await expect.poll(() => canvas.shown.length).toBe(1);
    canvas.select(canvas.shown[0]![0]!);
    const upscaler = await session.node(({ type }) => type === "image-upscaler");
    expect(upscaler.references).toMatchObject([{ node: "i", port: "image" }]);
  });

  it("makes nodes of what is selected, and of what is suggested", async () => {
    const image = layer("i", "SECTION", {
      box: { x: 600, y: 0, width: 100, height: 100 },
      records: { node: nodeRecord("i", "image-generator") },
    });
    const drawn = arrow("a", [
      { x: 102, y: 350 },
      { x: 598, y: 50 },
    ]);
    const loose = sticky("l", "loose", { x: 0, y: 600 });
    const canvas = new FakeCanvas(
      sticky("s", "a cat"),
      sticky("r", "at night", { x: 0, y: 300 }),
      image,
      loose,
      connector("c", "s", "i"),
      drawn,
    );
    const session = openTestSession(canvas);
    await ready(session, 1);
    const { suggestions } = await tab(session, "nothing");
    expect(suggestions.map(({ layer: id, type }) => [id, type]).sort()).toEqual([
      ["a", "connection"],
      ["r", "text"],
      ["s", "text"],
    ]);
    session.actions.accept(["a"]);
    await ready(session, 2);
    session.actions.accept(suggestions.map(({ layer: id }) => id));
    const taken = await ready(session, 3);
    expect(taken.node).toMatchObject({ suggestions: [] });
    canvas.select("l");
    const { uses, names } = await tab(session, "layers");
    expect(names).toEqual(["l"]);
    expect(uses[0]).toMatchObject({ type: "text", reason: null });
    expect(uses.find(({ type }) => type === "list")?.reason).toMatch(/Only a section/);
    session.actions.useSelectionAs("text");
    await session.node(({ id }) => id === "l");
    canvas.select("i");
    const node = await session.node(({ id }) => id === "i");
    expect(node.references.map(({ node: id, kind }) => [id, kind])).toEqual([
      ["s", "connector"],
      ["r", "drawn"],
    ]);
  });

  it("makes a list of a section, with what lies in it, in reading order", async () => {
    const box = (x: number) => ({ box: { x, y: 0, width: 100, height: 100 } });
    const section = layer("s", "SECTION", { box: { x: 0, y: 0, width: 900, height: 300 } });
    const canvas = new FakeCanvas(
      section,
      { ...sticky("b", "second"), parent: "s", ...box(200) },
      { ...sticky("a", "first"), parent: "s", ...box(0) },
    );
    const session = openTestSession(canvas);
    await session.until(({ node }) => node.kind === "nothing");
    canvas.select("s");
    await tab(session, "layers");
    session.actions.useSelectionAs("list");
    const list = await session.node(({ references }) => references.length === 2);
    expect(list.references.map(({ text }) => text)).toEqual(["first", "second"]);
    session.actions.moveReference("s", list.references[0]!.connection, 1);
    await session.node(({ references }) => references[0]?.text === "second");
  });

  it("shows a line with its ends, turns it and takes it away", async () => {
    const text = { ...sticky("t", "one"), records: { node: nodeRecord("t", "text") } };
    const image = layer("i", "SECTION", { records: { node: nodeRecord("i", "image-generator") } });
    const canvas = new FakeCanvas(text, image, connector("c", "t", "i"));
    const session = openTestSession(canvas);
    await ready(session, 2);
    canvas.select("c");
    expect(await tab(session, "line")).toMatchObject({
      fromTitle: "one",
      port: "prompt",
      problem: null,
      isSuggestion: false,
    });
    session.actions.turnLine("c");
    const turned = await session.until(
      ({ node }) => node.kind === "line" && node.toTitle === "one",
    );
    expect(turned.node).toMatchObject({ problem: expect.stringMatching(/takes no/) as string });
    session.actions.removeLine("c");
    await tab(session, "nothing");
  });

  it("does what a quick action asked for, once", async () => {
    const canvas = new FakeCanvas();
    canvas.command = { name: "add-node", type: "image-generator", prompt: "a lighthouse" };
    const session = openTestSession(canvas);
    await ready(session, 1);
    canvas.select(canvas.page.layers[0]!.id);
    expect((await session.node()).prompt?.value).toBe("a lighthouse");
    expect(canvas.page.layers).toHaveLength(1);
  });
});
