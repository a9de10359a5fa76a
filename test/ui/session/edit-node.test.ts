import { afterEach, describe, expect, it } from "vitest";
import { readOnlySentence } from "#domain/messages";
import { connector, inputRecord, layer, nodeRecord, sticky } from "../../helpers/build-board.ts";
import { FakeCanvas } from "./fake-canvas.ts";
import { closeTestSessions, openTestSession } from "./open-test-session.ts";

afterEach(closeTestSessions);

function board(): FakeCanvas {
  const text = (id: string, words: string) => ({
    ...sticky(id, words),
    records: { node: nodeRecord(id, "text") },
  });
  const image = layer("i", "SECTION", {
    name: "Kite",
    records: { node: nodeRecord("i", "image-generator", { prompt: "a kite" }) },
  });
  const clip = layer("v", "SECTION", {
    records: { node: nodeRecord("v", "video-generator"), in: inputRecord(["i", "first"]) },
  });
  const lines = [connector("c", "t", "i"), connector("d", "u", "i")];
  return new FakeCanvas(text("t", "one"), text("u", "two"), image, clip, ...lines);
}

const configOf = (canvas: FakeCanvas, id: string) =>
  (JSON.parse(canvas.find(id).records.node ?? "{}") as { cfg: object }).cfg;

async function openAt(id: string, canvas = board()) {
  const session = openTestSession(canvas);
  await session.until(({ node }) => node.kind === "nothing" && node.nodeCount > 0);
  canvas.select(id);
  await session.node((node) => node.id === id);
  return session;
}

describe("editing a node", () => {
  it("shows at once what is set, and writes a burst as one step", async () => {
    const { canvas, actions, time, node, until } = await openAt("i");
    for (const count of [2, 3, 4]) actions.setSetting("i", "count", count);
    const shown = await node(({ fields }) => {
      return fields.find(({ name }) => name === "count")?.value === 4;
    });
    expect(shown.prompt?.value).toBe("a kite");
    expect(canvas.writes).toEqual([]);
    time.advance(600);
    await until(() => canvas.writes.length > 0);
    expect(canvas.writes).toHaveLength(1);
    expect(configOf(canvas, "i")).toEqual({ params: { count: 4, prompt: "a kite" } });
  });

  it("writes words at once, what is chosen too, and nothing that changes nothing", async () => {
    const { canvas, actions, node } = await openAt("i");
    actions.setSetting("i", "prompt", "a boat");
    await node(({ prompt }) => prompt?.value === "a boat");
    actions.setModel("i", "local:draft");
    actions.act("i", "lock");
    actions.rename("i", "  Boat  ");
    await node(({ title, isLocked }) => title === "Boat" && isLocked);
    await expect
      .poll(() => configOf(canvas, "i"))
      .toEqual({
        model: "local:draft",
        params: { prompt: "a boat" },
        isLocked: true,
        title: "Boat",
      });
    const { length } = canvas.writes;
    actions.setSetting("i", "prompt", "a boat");
    actions.rename("i", "Boat");
    actions.setPlacement("i", "replace");
    await node(({ placement }) => placement === "replace");
    await expect.poll(() => canvas.find("i").records.out).toMatch(/"mode":"replace"/);
    expect(canvas.writes.slice(length).flat()).toMatchObject([{ key: "out" }]);
  });

  it("shows what the canvas refuses as it was, and knows who may only look", async () => {
    const { canvas, actions, until } = await openAt("i");
    canvas.refusal = readOnlySentence;
    actions.rename("i", "Boat");
    const view = await until(({ isReadOnly }) => isReadOnly);
    expect(view.notices).toMatchObject([{ text: readOnlySentence }]);
    expect(view.node).toMatchObject({ node: { title: "Kite" } });
  });

  it("refuses more than a layer can keep, in a sentence", async () => {
    const { canvas, actions, until } = await openAt("i");
    actions.setSetting("i", "prompt", "x".repeat(20_000));
    const { notices } = await until((view) => view.notices.length > 0);
    expect(notices[0]?.text).toMatch(/more than a layer can keep/);
    expect(canvas.writes).toEqual([]);
  });

  it("writes the text of a Text node where people read it", async () => {
    const { canvas, actions, node } = await openAt("t");
    actions.setSetting("t", "text", "three");
    expect((await node(({ prompt }) => prompt?.value === "three")).title).toBe("three");
    expect(canvas.find("t").text).toBe("three");
    expect(canvas.writes).toEqual([]);
  });

  it("takes what somebody else writes meanwhile", async () => {
    const { canvas, node } = await openAt("i");
    const records = { node: nodeRecord("i", "image-generator", { title: "Theirs" }) };
    canvas.change([{ ...canvas.find("i"), records }]);
    expect((await node(({ title }) => title === "Theirs")).prompt?.value).toBe("");
  });
});

describe("what feeds a node", () => {
  it("is numbered, moved and disconnected", async () => {
    const { canvas, actions, node } = await openAt("i");
    const before = await node();
    expect(before.references.map(({ number, node: id, kind }) => [number, id, kind])).toEqual([
      [1, "t", "connector"],
      [2, "u", "connector"],
    ]);
    actions.moveReference("i", before.references[1]!.connection, -1);
    const moved = await node(({ references }) => references[0]?.node === "u");
    expect(moved.references.map(({ number, text }) => [number, text])).toEqual([
      [1, "two"],
      [2, "one"],
    ]);
    actions.moveReference("i", moved.references[0]!.connection, -1);
    actions.disconnect("i", moved.references[1]!.connection);
    const left = await node(({ references }) => references.length === 1);
    expect(left.references).toMatchObject([{ node: "u", number: 1 }]);
    expect(canvas.page.layers.some(({ id }) => id === "c")).toBe(false);
  });

  it("enters another input when a person says so, with or without a line", async () => {
    const { canvas, actions, node } = await openAt("v");
    const [first] = (await node()).references;
    expect(first).toMatchObject({ port: "first", kind: "invisible" });
    expect(first?.otherPorts.map(({ port }) => port)).toEqual(["last", "references"]);
    actions.choosePort(first!.connection, "last");
    const changed = await node(({ references }) => references[0]?.port === "last");
    actions.disconnect("v", changed.references[0]!.connection);
    await node(({ references }) => references.length === 0);
    await expect.poll(() => canvas.find("v").records.in).toBeUndefined();
    actions.connect("i", "v");
    const joined = await node(({ references }) => references.length === 1);
    expect(joined.references).toMatchObject([{ kind: "connector", port: "first" }]);
    actions.choosePort(joined.references[0]!.connection, "references");
    await node(({ references }) => references[0]?.port === "references");
  });

  it("is refused with a reason that a person understands", async () => {
    const { actions, until, node } = await openAt("t");
    expect((await node()).connectable).toEqual([]);
    actions.connect("v", "i");
    const { notices } = await until((view) => view.notices.length > 0);
    expect(notices[0]?.text).toMatch(/takes no video/);
    actions.dismiss(notices[0]!.key);
    await until((view) => view.notices.length === 0);
  });
});
