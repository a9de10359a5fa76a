import { expect, test } from "vitest";
import { createStandIn } from "../stand-in.ts";
import { manifestWith, tryPlugin } from "./try-plugin.ts";

test("another person deletes a layer while the plugin waits", async () => {
  const { standIn, reported } = await tryPlugin(
    `const layer = figma.createFrame(); setTimeout(() => { report(layer.removed); report(attempt(() => { layer.name = "x" }).slice(0, 30)) }, 100);`,
  );
  const [layer] = standIn.document.pages[0]?.children ?? [];
  standIn.remote("Ana").delete(layer?.id ?? "");
  await standIn.clock.advance(200);
  expect(reported).toEqual([true, "in set_name: The node with id "]);
});

test("two people run the plugin on one file: each is LOCAL to themselves, storage is their own", async () => {
  const standIn = createStandIn({ editor: "figjam", seed: 9 });
  const ana = standIn.remote("Ana");
  const code = `report(figma.currentUser.name); figma.currentPage.on("nodechange", (event) => event.nodeChanges.forEach((change) => report(change.type + " " + change.origin)));`;
  const manifest = manifestWith({ permissions: ["currentuser"] });
  const mine = await tryPlugin(code, { on: standIn, manifest });
  const theirs = await tryPlugin(`${code} figma.createSticky();`, {
    on: standIn,
    manifest,
    by: ana,
  });
  await standIn.clock.advance(500);
  expect(mine.reported).toEqual(["You", "CREATE REMOTE"]);
  expect(theirs.reported).toEqual(["Ana", "CREATE LOCAL"]);
  expect(standIn.user.undo()).toBe(false);
  expect(ana.undo()).toBe(true);
  expect(standIn.document.pages[0]?.children).toEqual([]);
});

test("rights are lost in the middle of a run", async () => {
  const { standIn, reported } = await tryPlugin(
    `const layer = figma.createFrame(); setInterval(() => report(attempt(() => { layer.name = "x" })), 100);`,
  );
  await standIn.clock.advance(150);
  standIn.user.loseEditRights();
  await standIn.clock.advance(100);
  expect(reported).toEqual(["fine", "in set_name: Cannot write to internal and read-only nodes"]);
  expect(() => standIn.user.draw("FRAME")).toThrow("may only look");
});

test("the plugin is closed at any moment and started again: what was written stays, the rest is gone", async () => {
  const code = `const [old] = figma.currentPage.children; report(old ? old.getPluginData("step") : "first"); const layer = old || figma.createFrame();
    layer.setPluginData("step", "1"); await figma.clientStorage.setAsync("a", 1); await new Promise((resolve) => setTimeout(resolve, 100)); layer.setPluginData("step", "2"); report("finished");`;
  const { standIn, window, reported } = await tryPlugin(code);
  await standIn.clock.advance(50);
  window.close();
  await standIn.clock.advance(1000);
  expect(reported).toEqual(["first"]);
  const again = await tryPlugin(code, { on: standIn });
  await standIn.clock.advance(1000);
  expect(again.reported).toEqual(["1", "finished"]);
});

test("duplicating two joined stickies joins the copies, and their records still name the originals", async () => {
  const { standIn } = await tryPlugin("", { editor: "figjam" });
  const { user } = standIn;
  const [a, b] = [user.addSticky("a"), user.addSticky("b", { x: 500, y: 0 })];
  const line = user.drawConnector(a, b, "then");
  const copies = user.duplicate(a, b, line);
  expect(copies[2]?.values["connectorStart"]).toEqual({
    endpointNodeId: copies[0]?.id,
    magnet: "AUTO",
  });
  user.copy(line);
  const [pasted] = user.paste();
  expect(pasted?.values["connectorStart"]).toEqual({ endpointNodeId: a.id, magnet: "AUTO" });
  const { reported } = await tryPlugin(
    `report(figma.currentPage.children.filter((layer) => layer.type === "CONNECTOR").map((line) => line.text.characters));`,
    { on: standIn },
  );
  expect(reported).toEqual([["then", "then", "then"]]);
});

test("a connector follows its layers, its parent's moves and undo", async () => {
  const { standIn } = await tryPlugin("", { editor: "figjam" });
  const { user } = standIn;
  const [a, b] = [user.addSticky("a"), user.addSticky("b", { x: 500, y: 0 })];
  const line = user.drawConnector(a, b);
  expect([line.values.width, line.values.transform[0][2]]).toEqual([260, 240]);
  user.move(b, 700, 0);
  expect(line.values.width).toBe(460);
  user.undo();
  expect(line.values.width).toBe(260);
});

test("an arrow drawn in Figma Design is a vector whose end vertex has the head", async () => {
  const { standIn } = await tryPlugin("");
  standIn.user.drawArrow({ x: 100, y: 80 }, { x: 20, y: 10 });
  const { reported } = await tryPlugin(
    `const [arrow] = figma.currentPage.findAllWithCriteria({ types: ["VECTOR"] }); report([arrow.x, arrow.y, arrow.width, arrow.vectorNetwork.vertices.map((vertex) => [vertex.x, vertex.y, vertex.strokeCap])]);
    await arrow.setVectorNetworkAsync({ vertices: [{ x: 0, y: 0 }, { x: 30, y: 0 }], segments: [{ start: 0, end: 1 }] }); report([arrow.width, arrow.height, arrow.vectorPaths[0].data]); report(attempt(() => { arrow.vectorNetwork = { vertices: [], segments: [] } }).slice(0, 60));`,
    { on: standIn },
  );
  expect(reported).toEqual([
    [
      20,
      10,
      80,
      [
        [80, 70, "NONE"],
        [0, 0, "ARROW_LINES"],
      ],
    ],
    [30, 0, "M 0 0 L 30 0"],
    "in set_vectorNetwork: Cannot call with documentAccess: dynam",
  ]);
});
