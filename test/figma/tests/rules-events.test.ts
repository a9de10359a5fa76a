import { expect } from "vitest";
import { ruleTest, tryPlugin } from "./try-plugin.ts";

ruleTest("events-later", async () => {
  const { reported } =
    await tryPlugin(`figma.currentPage.selection = [figma.createRectangle()]; figma.on("selectionchange", () => report("changed")); report("before");
    figma.currentPage.selection = [figma.createFrame()]; figma.currentPage.selection = []; report("after");`);
  expect(reported).toEqual(["before", "after", "changed"]);
});

ruleTest("page-change-selects", async () => {
  const { reported, standIn } = await tryPlugin(
    `figma.createPage().name = "Second"; figma.on("currentpagechange", () => report("page " + figma.currentPage.name)); figma.on("selectionchange", () => report("selection"));`,
  );
  standIn.user.switchPage("Second");
  await standIn.clock.idle();
  expect([...reported].sort()).toEqual(["page Second", "selection"]);
});

ruleTest("changes-batched", async () => {
  const hear = `figma.currentPage.on("nodechange", (event) => report(event.nodeChanges.map((change) => [change.type, change.properties ? change.properties.join() : "", change.node.removed])));`;
  const { reported, standIn } = await tryPlugin(hear);
  const frame = standIn.remote("Ana").draw("FRAME");
  standIn.remote("Ana").putInto(standIn.remote("Ana").draw("RECTANGLE"), frame);
  standIn.user.rename(frame, "New name");
  await standIn.clock.idle();
  expect(reported).toEqual([]);
  await standIn.clock.advance(500);
  expect(reported).toHaveLength(1);
  expect(reported[0]).toContainEqual(["PROPERTY_CHANGE", "name", false]);
  standIn.user.delete(frame);
  await standIn.clock.advance(500);
  expect(reported[1]).toEqual([["DELETE", "", true]]);
});

ruleTest("own-writes-return", async () => {
  const { reported, standIn } = await tryPlugin(
    `figma.currentPage.on("nodechange", (event) => event.nodeChanges.forEach((change) => report(change.type + " " + change.origin))); figma.createRectangle();`,
  );
  standIn.remote("Ana").draw("ELLIPSE");
  await standIn.clock.advance(500);
  expect(reported).toEqual(["CREATE LOCAL", "CREATE REMOTE"]);
});

ruleTest("own-documentchange-silent", async () => {
  const { reported, standIn } =
    await tryPlugin(`await figma.loadAllPagesAsync(); let count = 0; const box = figma.createRectangle();
    figma.on("documentchange", (event) => { count += 1; report(event.documentChanges.length); box.name = "seen " + count; });
    figma.currentPage.on("nodechange", () => report("nodechange"));`);
  await standIn.clock.advance(3000);
  expect(reported).toEqual(["nodechange", 1, "nodechange"]);
});

ruleTest("shared-data-event", async () => {
  for (const [sharedDataChanges, expected] of [
    ["reported", ["pluginData"]],
    ["silent", []],
  ] as const) {
    const { standIn } = await tryPlugin(`figma.createRectangle();`);
    await standIn.clock.advance(500);
    const other = await tryPlugin(
      `const layer = figma.createFrame(); setTimeout(() => layer.setSharedPluginData("spaces", "a", "b"), 1000); figma.currentPage.on("nodechange", (event) => event.nodeChanges.forEach((change) => change.properties && change.properties.forEach(report)));`,
      { switches: { sharedDataChanges } },
    );
    await other.standIn.clock.advance(2000);
    expect(other.reported).toEqual(expected);
  }
});

ruleTest("promises-later", async () => {
  const orders = new Set<string>();
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { reported } = await tryPlugin(
      `const list = []; const all = ["a", "b", "c"].map((name) => figma.clientStorage.getAsync(name).then(() => list.push(name))); report(list.length); await Promise.all(all); report(list.join(""));`,
      { seed },
    );
    expect(reported[0]).toBe(0);
    orders.add(String(reported[1]));
  }
  expect(orders.size).toBeGreaterThan(1);
});

ruleTest("undo-steps", async () => {
  const { standIn, reported } = await tryPlugin(
    `const a = figma.createRectangle(); figma.commitUndo(); const b = figma.createEllipse(); b.x = 5; figma.triggerUndo(); report([a.removed, b.removed]); figma.createStar(); figma.createFrame(); figma.closePlugin();`,
  );
  expect(reported).toEqual([[false, true]]);
  const types = (): (string | undefined)[] =>
    (standIn.document.pages[0]?.children ?? []).map(({ type }) => type);
  standIn.user.undo();
  expect(types()).toEqual(["RECTANGLE"]);
  standIn.user.redo();
  expect(types()).toEqual(["RECTANGLE", "STAR", "FRAME"]);
});

ruleTest("undo-is-own", async () => {
  const { standIn, reported } = await tryPlugin(
    `const layer = figma.createFrame(); layer.setPluginData("a", "b"); figma.commitUndo(); layer.setPluginData("a", "c"); figma.commitUndo(); setTimeout(() => report([layer.removed, !layer.removed && layer.getPluginData("a")]), 1000); setTimeout(() => report(layer.removed), 3000);`,
  );
  const ana = standIn.remote("Ana");
  ana.draw("STAR");
  ana.undo();
  standIn.user.undo();
  await standIn.clock.advance(1500);
  standIn.user.undo();
  await standIn.clock.advance(3000);
  expect(reported).toEqual([[false, "b"], true]);
});
