import { afterEach, expect, test } from "vitest";
import { buildPng } from "../helpers/build-png.ts";
import { followBoard, gather, readBoard } from "./board-copy.ts";
import { openPlugin, type OpenedPlugin, type OpenOptions } from "./open-plugin.ts";

const opened: OpenedPlugin[] = [];
afterEach(() => {
  for (const { standIn } of opened.splice(0)) standIn.dispose();
});

async function open(options: OpenOptions = {}): Promise<OpenedPlugin> {
  const plugin = await openPlugin(options);
  opened.push(plugin);
  return plugin;
}

const twoPages = {
  document: {
    id: "0:0",
    name: "File",
    type: "DOCUMENT",
    children: ["1", "2"].map((at) => ({ id: `${at}:0`, name: at, type: "CANVAS", children: [] })),
  },
};

test("hello tells file, person, page and selection; the panel opens without any of it", async () => {
  const { standIn, window, panel } = await open({ editor: "figjam", document: twoPages });
  expect(await panel.ask("hello", {})).toEqual({
    editor: "figjam",
    page: { id: "1:0", name: "1" },
    selection: [],
    user: { id: "user-1", name: "You" },
    document: { name: standIn.document.root.values.name, fileKey: null, record: "" },
    command: null,
    panel: { width: 360, height: 640 },
  });
  expect(window.ui?.html).toContain("__SHOW_UI_DATA__={}");
});

test("the panel's size is kept within what can be used, and remembered", async () => {
  const { standIn, window, panel } = await open();
  await panel.ask("resizePanel", { width: 9_000, height: 10 });
  expect(window.ui).toMatchObject({ width: 520, height: 320 });
  const again = await open({ on: standIn });
  expect(again.window.ui).toMatchObject({ width: 520, height: 320 });
});

test("a moved section is told with what lies in it, and nothing else", async () => {
  const { standIn, panel } = await open({ editor: "figjam" });
  const { user } = standIn;
  const frame = user.draw("SECTION", { width: 400, height: 400 });
  const inside = user.addSticky("inside", { x: 20, y: 20 });
  user.putInto(inside, frame);
  const far = user.addSticky("far", { x: 2_000, y: 0 });
  user.drawConnector(inside, far);
  for (let at = 0; at < 40; at += 1) user.addSticky("other", { x: at * 300, y: 3_000 });
  await readBoard(panel);
  const told = gather(panel, "layers");
  user.move(frame, 50, 60);
  await standIn.clock.advance(600);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ isLocal: true, removed: [], created: [] });
  const ids = told[0]!.changed.map(({ id }) => id);
  expect(ids.sort()).toEqual([frame.id, inside.id].sort());
});

test("an instance is told as one thing that says what its parts say, whatever becomes of them", async () => {
  const text = (id: string, characters: string) => {
    return { id, type: "TEXT", name: id, characters, style: {} };
  };
  const parts = [text("I1:1;2:1", "one"), text("I1:1;2:2", "two")];
  const instance = { id: "1:1", type: "INSTANCE", name: "Shape", children: parts };
  const page = { id: "0:1", name: "Page", type: "CANVAS", children: [instance] };
  const document = { document: { id: "0:0", name: "File", type: "DOCUMENT", children: [page] } };
  const { standIn, panel } = await open({ editor: "figjam", document });
  const board = await readBoard(panel);
  expect([...board].map(([id, layer]) => [id, layer.text])).toEqual([["1:1", "one\ntwo"]]);
  followBoard(panel, board);
  standIn.user.type("I1:1;2:1", "three");
  await standIn.clock.advance(600);
  expect(board.get("1:1")?.text).toBe("three\ntwo");
  standIn.remote("Ana").delete("I1:1;2:2");
  await standIn.clock.advance(600);
  expect([...board].map(([id, layer]) => [id, layer.text])).toEqual([["1:1", "three"]]);
});

test("what others do is told as theirs; a copy is told as created, with all in it", async () => {
  const { standIn, panel } = await open();
  const ana = standIn.remote("Ana");
  const frame = standIn.user.draw("FRAME", { width: 100, height: 100 });
  standIn.user.putInto(standIn.user.draw("RECTANGLE", { width: 10, height: 10 }), frame);
  await readBoard(panel);
  const told = gather(panel, "layers");
  const [copy] = ana.duplicate(frame);
  await standIn.clock.advance(600);
  expect(told).toMatchObject([{ isLocal: false, removed: [] }]);
  expect(told[0]!.created).toEqual([copy!.id, copy!.children![0]!.id]);
  ana.delete(copy!);
  await standIn.clock.advance(600);
  expect(told[1]).toMatchObject({ isLocal: false, changed: [], created: [] });
  expect(told[1]!.removed.sort()).toEqual(told[0]!.created.sort());
});

test("on another page only that page is told of, and a read goes to it", async () => {
  const { standIn, window, panel } = await open({ document: twoPages });
  const { user } = standIn;
  const first = user.draw("FRAME", { width: 10, height: 10 });
  await readBoard(panel);
  const pages = gather(panel, "page");
  const layers = gather(panel, "layers");
  user.switchPage("2");
  await standIn.clock.advance(600);
  expect(pages).toEqual([{ id: "2:0", name: "2" }]);
  standIn.remote("Ana").rename(first, "elsewhere");
  const second = user.draw("FRAME", { width: 10, height: 10 });
  await standIn.clock.advance(600);
  // The page was not read yet, so that there is nothing that could have changed.
  expect(layers).toEqual([]);
  expect([...(await readBoard(panel)).keys()]).toEqual([second.id]);
  user.rename(second, "here");
  await standIn.clock.advance(600);
  expect(layers.map(({ page, changed }) => [page, changed[0]?.name])).toEqual([["2:0", "here"]]);
  await panel.ask("show", { layers: [first.id, "9:9"] });
  await standIn.clock.advance(10);
  expect([user.person.page.id, user.person.selectionOn(user.person.page)]).toEqual([
    "1:0",
    [first],
  ]);
  expect(window.errors).toEqual([]);
});

test("a page is read across turns: what changes meanwhile is neither lost nor brought back", async () => {
  const { standIn, panel } = await open();
  const { user } = standIn;
  const frames = Array.from({ length: 900 }, (_, at) => {
    return user.draw("FRAME", { width: 10, height: 10 }, { x: at, y: 0 });
  });
  const board = new Map<string, unknown>();
  followBoard(panel, board as never);
  const first = await panel.ask("readPage", { from: 0 });
  for (const layer of first.layers) board.set(layer.id, layer);
  user.delete(frames[0]!, frames[899]!);
  user.rename(frames[1]!, "renamed");
  user.rename(frames[898]!, "renamed");
  await standIn.clock.advance(600);
  for (let from = first.next; from !== null;) {
    const piece = await panel.ask("readPage", { from });
    for (const layer of piece.layers) board.set(layer.id, layer);
    from = piece.next;
  }
  const after = await readBoard(panel);
  expect(Object.fromEntries(board)).toEqual(Object.fromEntries(after));
  expect([after.size, after.get(frames[898]!.id)?.name]).toEqual([898, "renamed"]);
  await expect(panel.ask("readPage", { from: 100 })).rejects.toThrow("from its start again");
});

test("the file's own record and the selection are told when they change", async () => {
  const { standIn, panel } = await open();
  const documents = gather(panel, "document");
  const selections = gather(panel, "selection");
  const frame = standIn.user.draw("FRAME");
  standIn.user.select(frame);
  const { document } = standIn;
  document.as(standIn.remote("Ana").person.author, () => {
    document.writeData(document.root, "shared|spaces|doc", '{"v":1}');
  });
  await standIn.clock.advance(5_000);
  expect(documents).toEqual([{ record: '{"v":1}' }]);
  expect(selections.at(-1)).toEqual({ layers: [frame.id] });
});

test("pictures: the bytes as they were put in, the layer as it is drawn, and why there is none", async () => {
  const { standIn, panel } = await open();
  const { user, document } = standIn;
  const png = buildPng({ widthPx: 40, heightPx: 30 });
  const { hash } = document.images.addImage(png, "test");
  const fills = [{ type: "IMAGE", scaleMode: "FILL", imageHash: hash, visible: true }];
  const layer = user.draw("RECTANGLE", { width: 400, height: 300, fills }).id;
  const plain = user.draw("RECTANGLE", { width: 400, height: 300 }).id;
  const read = async (ask: { layer: string; how: "original" | "drawn" }) => {
    const answer = await panel.ask("readPicture", { ...ask, longestPx: 100 });
    if ("message" in answer) return answer.message;
    const { bytes } = await panel.ask("readSlice", { transfer: answer.transfer, from: 0 });
    expect(bytes.length).toBe(answer.size);
    return Buffer.from(bytes);
  };
  expect(await read({ layer, how: "original" })).toEqual(png);
  const drawn = (await read({ layer: plain, how: "drawn" })) as Buffer;
  expect([drawn.readUInt32BE(16), drawn.readUInt32BE(20)]).toEqual([100, 75]);
  expect(await read({ layer: plain, how: "original" })).toContain("shows no image");
  expect(await read({ layer: "9:9", how: "drawn" })).toContain("gone");
  user.set(plain, "visible", false);
  expect(await read({ layer: plain, how: "drawn" })).toContain("hidden");
  const boxes = await panel.ask("readBoxes", { layers: [layer, "9:9"] });
  expect(boxes).toEqual({ boxes: [{ layer, box: { x: 0, y: 0, width: 400, height: 300 } }] });
});

test("what is remembered stays on this device, and only web addresses are opened", async () => {
  const { standIn, window, panel } = await open();
  expect(await panel.ask("recall", { key: "pairing" })).toEqual({ value: null });
  await panel.ask("remember", { key: "pairing", value: "token" });
  const { clientStorage } = standIn.user.person;
  const stored = [...clientStorage.values()].flatMap((each) => [...each.keys()]);
  expect(stored).toContain("spaces/pairing");
  expect(await panel.ask("recall", { key: "pairing" })).toEqual({ value: "token" });
  await panel.ask("remember", { key: "pairing", value: null });
  expect(await panel.ask("recall", { key: "pairing" })).toEqual({ value: null });
  await panel.ask("openLink", { url: "https://example.com/" });
  await expect(panel.ask("openLink", { url: "javascript:alert(1)" })).rejects.toThrow(
    "web addresses",
  );
  await panel.ask("notify", { message: "long ".repeat(40), isError: true });
  expect(window.notifications.map(({ message }) => message.length)).toEqual([100]);
});
