import { afterEach, expect, test } from "vitest";
import { gather, readBoard } from "./board-copy.ts";
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

test("records of any kind are handed on as they are, and odd layers cost nothing", async () => {
  const { standIn, window, panel } = await open({ editor: "figjam" });
  const { user, document } = standIn;
  const bad = ['{"v":', "\u0000", "x".repeat(90_000), "[[[[", '{"self":{"self":1}}', "\ud800"];
  const layers = bad.map((value) => {
    const layer = user.addSticky("\ud800 odd \u0000 words");
    document.as(user.person.author, () => {
      for (const key of ["node", "in", "edge", "out", "res", "other"])
        document.writeData(layer, `shared|spaces|${key}`, value);
    });
    return layer;
  });
  const board = await readBoard(panel);
  for (const [at, layer] of layers.entries()) {
    expect(board.get(layer.id)).toMatchObject({ text: " odd  words" });
    expect(board.get(layer.id)?.records).toEqual(
      Object.fromEntries(["node", "in", "edge", "out", "res"].map((key) => [key, bad[at]])),
    );
  }
  expect(window.errors).toEqual([]);
});

test.each(["reported", "silent"] as const)(
  "records that somebody writes, changes and takes away are told (changes are %s)",
  async (sharedDataChanges) => {
    const { standIn, panel } = await open({ switches: { sharedDataChanges } });
    const frame = standIn.user.draw("FRAME");
    await standIn.clock.advance(600);
    await readBoard(panel);
    const told = gather(panel, "layers");
    const values = ["1", "2", ""];
    for (const value of values) {
      standIn.document.as(standIn.remote("Ana").person.author, () => {
        standIn.document.writeData(frame, "shared|spaces|node", value);
      });
      await standIn.clock.advance(5_000);
    }
    expect(told.map(({ changed, isLocal }) => [changed[0]?.records.node ?? "", isLocal])).toEqual(
      values.map((value) => [value, false]),
    );
  },
);
