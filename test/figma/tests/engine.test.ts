import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createStandIn } from "../stand-in.ts";
import { manifestWith, tryPlugin } from "./try-plugin.ts";

test("a frozen plugin is stopped, a deep recursion and a full memory are errors, and the file lives on", async () => {
  const standIn = createStandIn({ editor: "figma" });
  const run = (mainCode: string) =>
    standIn.runPlugin({
      manifest: manifestWith(),
      mainCode,
      longestSliceMs: 200,
      memoryBytes: 48_000_000,
    });
  const frozen = await run("while (true) {}");
  expect(frozen.errors[0]?.message).toBe("interrupted");
  const deep = await run("const dig = (n) => 1 + dig(n + 1); dig(0)");
  expect(deep.errors[0]?.message).toMatch(/stack/);
  const full = await run("const all = []; while (true) all.push('x'.repeat(1e6) + all.length)");
  expect(full.errors[0]?.message).toMatch(/out of memory|interrupted/);
  const fine = await run("figma.createRectangle(); console.log('alive')");
  expect(fine.logged).toEqual(["alive"]);
  standIn.dispose();
});

test("errors nobody catches are told with their place, in handlers, timers and promises alike", async () => {
  const standIn = createStandIn({ editor: "figma" });
  const window = await standIn.runPlugin({
    manifest: manifestWith(),
    mainCode: `figma.on("selectionchange", () => { throw new Error("in handler") });
setTimeout(() => { missing.thing }, 5);
function later() { (async () => { await null; throw new Error("in promise") })() }
setTimeout(later, 10);
(async () => { await figma.loadFontAsync({ family: "None", style: "Regular" }) })().catch(() => undefined);`,
  });
  standIn.user.select(standIn.user.draw("FRAME"));
  await standIn.clock.advance(20);
  expect(window.errors.map(({ message }) => message)).toEqual([
    "in handler",
    "'missing' is not defined",
    "in promise",
  ]);
  expect(window.errors[0]?.stack).toContain("PLUGIN_1_SOURCE");
  expect(window.refusals).toEqual(['The font "None Regular" could not be loaded']);
  standIn.dispose();
});

test("a plugin that waits for nothing and does not close is told apart", async () => {
  expect((await tryPlugin("")).window.runsForever).toBe(true);
  expect((await tryPlugin("figma.closePlugin()")).window.runsForever).toBe(false);
  expect((await tryPlugin("figma.showUI('')")).window.runsForever).toBe(false);
});

test("time the plugin holds the thread is measured, a slice an entry", async () => {
  const { window, standIn } = await tryPlugin(
    "setTimeout(() => { const end = Date.now() + 40; while (Date.now() < end); }, 10); setTimeout(() => {}, 20);",
  );
  await standIn.clock.advance(30);
  const callbacks = window.slices.filter(({ reason }) => reason === "callback");
  expect(callbacks).toHaveLength(2);
  expect(callbacks[0]?.totalMs).toBeGreaterThanOrEqual(39);
});

const board = new URL(
  "../../../../shared/fixtures/figjam/estridi-payments-2024-04-04.json",
  import.meta.url,
);

test.skipIf(!existsSync(board))(
  "a board of 4,323 layers opens, and all its connectors are read",
  async () => {
    const document = JSON.parse(readFileSync(board, "utf8")) as unknown;
    const { reported, standIn } = await tryPlugin(
      `const lines = figma.currentPage.findAllWithCriteria({ types: ["CONNECTOR"] }); let free = 0;
     for (const line of lines) for (const end of [line.connectorStart, line.connectorEnd]) if (!("endpointNodeId" in end)) free += 1;
     report([lines.length, free, lines.filter((line) => line.text.characters !== "").length]);`,
      { editor: "figjam", document },
    );
    expect(standIn.document.layers.size).toBe(4323);
    expect(reported).toEqual([[642, 96, 158]]);
  },
);
