import { expect } from "vitest";
import { manifestWith, ruleTest, tryPlugin } from "./try-plugin.ts";

ruleTest("unknown-member-write", async () => {
  const { reported } = await tryPlugin(`const layer = figma.createRectangle();
    report(attempt(() => { layer.colour = 1 }));
    report(attempt(() => { "use strict"; layer.colour = 1 }));
    report(attempt(() => { figma.colour = 1 }));`);
  expect(reported).toEqual(Array(3).fill("object is not extensible"));
});

ruleTest("unknown-member-read", async () => {
  const code = `const layer = figma.createRectangle();
    report(attempt(() => layer.characters)); report("characters" in layer); report("fills" in layer);`;
  expect((await tryPlugin(code)).reported).toEqual([
    "no such property 'characters' on RECTANGLE node",
    false,
    true,
  ]);
  const lenient = await tryPlugin(code, { switches: { missingMemberRead: "undefined" } });
  expect(lenient.reported).toEqual(["fine", false, true]);
});

ruleTest("readonly-write", async () => {
  const { reported } = await tryPlugin(`const layer = figma.createRectangle();
    report(attempt(() => { layer.id = "9:9" })); report(attempt(() => { layer.width = 3 }));
    report(attempt(() => { layer.resize = 3 })); report(attempt(() => { "use strict"; layer.type = "X" }));
    report(layer.width);`);
  expect(reported).toEqual([...Array<unknown>(4).fill("no setter for property"), 100]);
});

ruleTest("fresh-frozen-reads", async () => {
  const { reported } = await tryPlugin(`const layer = figma.createRectangle(); layer.fills = red;
    report(layer.fills === layer.fills);
    report(attempt(() => layer.fills.push(1)));
    layer.fills[0].color.r = 0.5;
    report(layer.fills[0].color.r);
    report(attempt(() => figma.currentPage.children.push(layer)));
    report(figma.currentPage.findAll().sort().length);`);
  expect(reported).toEqual([false, "object is not extensible", 1, "object is not extensible", 1]);
});

ruleTest("same-layer-same-object", async () => {
  const { reported } =
    await tryPlugin(`const layer = figma.createFrame(); const child = figma.createRectangle(); layer.appendChild(child);
    report(child.parent === layer && layer.children[0] === child && layer.findOne(() => true) === child && (await figma.getNodeByIdAsync(child.id)) === child);`);
  expect(reported).toEqual([true]);
});

ruleTest("wrong-type", async () => {
  const { reported } = await tryPlugin(`const layer = figma.createRectangle();
    report(attempt(() => { layer.opacity = "half" })); report(attempt(() => { layer.name = 5 }));
    report(attempt(() => { layer.x = NaN })); report(attempt(() => { layer.visible = null }));
    report(attempt(() => { layer.blendMode = "SHINY" }).slice(0, 75)); report(attempt(() => layer.resize("1", 2)));
    report(attempt(() => figma.currentPage.appendChild("x")));`);
  expect(reported).toEqual([
    'in set_opacity: Expected "opacity" to have type number but got string instead',
    'in set_name: Expected "name" to have type string but got number instead',
    'in set_x: Expected "x" to have type number but got nan instead',
    'in set_visible: Expected "visible" to have type boolean but got null instead',
    'in set_blendMode: Property "blendMode" failed validation: Invalid enum valu',
    'in resize: Expected "width" to have type number but got string instead',
    'in appendChild: Property "child" failed validation: Expected node, received string',
  ]);
});

ruleTest("paint-shape", async () => {
  const { reported } =
    await tryPlugin(`const layer = figma.createRectangle(); const color = { r: 1, g: 0, b: 0 };
    const paint = (value) => report(attempt(() => { layer.fills = [value] }).slice(0, 110));
    paint({ type: "SOLID", color: { ...color, a: 1 } }); paint({ type: "GLOW", color }); paint({ type: "SOLID", color: { r: 2, g: 0, b: 0 } });
    paint({ type: "SOLID" }); paint({ type: "SOLID", color, opacity: -1 }); paint({ type: "SOLID", color });
    report(attempt(() => { layer.fills = "red" })); report(attempt(() => { layer.opacity = 3 }));
    report(attempt(() => { layer.effects = [{ type: "SPARKLE" }] }).slice(0, 80));`);
  expect(reported).toEqual([
    `in set_fills: Property "fills" failed validation: Unrecognized key(s) in object: 'a' at [0].color`,
    `in set_fills: Property "fills" failed validation: Invalid discriminator value. Expected 'SOLID' | 'GRADIENT_LI`,
    'in set_fills: Property "fills" failed validation: Number must be less than or equal to 1 at [0].color.r',
    'in set_fills: Property "fills" failed validation: Required at [0].color',
    'in set_fills: Property "fills" failed validation: Number must be greater than or equal to 0 at [0].opacity',
    "fine",
    'in set_fills: Property "fills" failed validation: Expected array, received string',
    'in set_opacity: Property "opacity" failed validation: Number must be less than or equal to 1',
    'in set_effects: Property "effects" failed validation: Invalid discriminator valu',
  ]);
});

ruleTest("mixed-crosses-nothing", async () => {
  const { reported } = await tryPlugin(`figma.showUI("<p>");
    report(attempt(() => figma.ui.postMessage(figma.mixed))); report(await attemptLater(() => figma.loadFontAsync(figma.mixed)));
    report(typeof figma.mixed);`);
  expect(reported).toEqual([
    "in postMessage: Cannot unwrap symbol",
    "in loadFontAsync: Cannot unwrap symbol",
    "symbol",
  ]);
});

ruleTest("wrong-editor", async () => {
  const names = [
    "createSticky",
    "createConnector",
    "createShapeWithText",
    "createTable",
    "createCodeBlock",
    "timer",
    "createComponent",
    "createPage",
    "createSection",
  ];
  const code = `report(${JSON.stringify(names)}.filter((name) => figma[name] !== undefined)); report(attempt(() => figma.createSticky()));`;
  expect((await tryPlugin(code)).reported).toEqual([
    ["createComponent", "createPage", "createSection"],
    "not a function",
  ]);
  const figjam = await tryPlugin(code, { editor: "figjam" });
  expect(figjam.reported).toEqual([[...names.slice(0, 6), "createSection"], "fine"]);
});

ruleTest("view-only", async () => {
  const { standIn } = await tryPlugin(`figma.createRectangle()`);
  standIn.user.loseEditRights();
  const { reported } = await tryPlugin(
    `const [layer] = figma.currentPage.children; report(layer.name);
     report(attempt(() => { layer.name = "x" })); report(attempt(() => layer.remove())); report(attempt(() => figma.createFrame()));
     report(attempt(() => layer.setPluginData("a", "b"))); report(attempt(() => { figma.currentPage.selection = [layer] }));`,
    { on: standIn },
  );
  const refusal = "Cannot write to internal and read-only nodes";
  expect(reported).toEqual([
    "Rectangle",
    `in set_name: ${refusal}`,
    `in remove: ${refusal}`,
    `in createFrame: ${refusal}`,
    `in setPluginData: ${refusal}`,
    "fine",
  ]);
});

ruleTest("dynamic-page-sync", async () => {
  const code = `const layer = figma.createFrame();
    report(attempt(() => figma.getNodeById(layer.id))); report(attempt(() => { figma.currentPage = figma.currentPage }));
    report(attempt(() => { layer.fillStyleId = "S:1" })); report(attempt(() => figma.getLocalPaintStyles())); report(attempt(() => { layer.reactions = [] }));`;
  const start = "Cannot call with documentAccess: dynamic-page. Use";
  expect((await tryPlugin(code)).reported).toEqual([
    `in getNodeById: ${start} figma.getNodeByIdAsync instead.`,
    `in set_currentPage: ${start} figma.setCurrentPageAsync instead.`,
    `in set_fillStyleId: ${start} node.setFillStyleIdAsync instead.`,
    `in getLocalPaintStyles: ${start} figma.getLocalPaintStylesAsync instead.`,
    `in set_reactions: ${start} node.setReactionsAsync instead.`,
  ]);
  const old = await tryPlugin(`report(figma.getNodeById(figma.createFrame().id).type)`, {
    manifest: manifestWith({ documentAccess: undefined }),
  });
  expect(old.reported).toEqual(["FRAME"]);
});

const twoPages = {
  document: {
    id: "0:0",
    type: "DOCUMENT",
    name: "Document",
    children: ["1", "2"].map((number) => ({
      id: `${number}:0`,
      type: "CANVAS",
      name: `Page ${number}`,
      children: [
        {
          id: `${number}:1`,
          type: "RECTANGLE",
          name: `Box ${number}`,
          absoluteBoundingBox: { x: 0, y: 0, width: 10, height: 10 },
        },
      ],
    })),
  },
};

ruleTest("unloaded-page", async () => {
  const { reported } = await tryPlugin(
    `const page = figma.root.children[1]; report(page.name);
    for (const read of [() => page.children, () => page.findAll(), () => page.appendChild(figma.createFrame()), () => page.on("nodechange", () => {}), () => page.exportAsync()]) report(attempt(read).slice(0, 24));
    await page.loadAsync(); report(page.children[0].name);`,
    twoPages,
  );
  expect(reported).toEqual([
    "Page 2",
    "Cannot access children o",
    "Cannot access findAll on",
    "Cannot access appendChil",
    "Cannot access on on a pa",
    "Cannot access exportAsyn",
    "Box 2",
  ]);
});

ruleTest("root-search", async () => {
  const { reported } = await tryPlugin(
    `report(attempt(() => figma.root.findAll())); await figma.loadAllPagesAsync();
    report(figma.root.findAllWithCriteria({ types: ["RECTANGLE"] }).map((layer) => layer.name));`,
    twoPages,
  );
  expect(reported).toEqual([
    "in findAll: Cannot call with documentAccess: dynamic-page without calling figma.loadAllPagesAsync() first.",
    ["Box 1", "Box 2"],
  ]);
});

ruleTest("documentchange-needs-pages", async () => {
  const { reported } = await tryPlugin(
    `const hear = () => {}; report(attempt(() => figma.on("documentchange", hear))); report(attempt(() => figma.currentPage.on("nodechange", hear)));
    await figma.loadAllPagesAsync(); report(attempt(() => figma.on("documentchange", hear)));`,
    twoPages,
  );
  expect(reported).toEqual([
    "in on: Cannot register documentchange handler in incremental mode without calling figma.loadAllPagesAsync first.",
    "fine",
    "fine",
  ]);
});

ruleTest("removed-layer", async () => {
  const { reported } =
    await tryPlugin(`const frame = figma.createFrame(); const child = figma.createRectangle(); frame.appendChild(child); const { id } = child; frame.remove();
    report([child.removed, child.id === id, child.type, await figma.getNodeByIdAsync(id)]);
    report(attempt(() => child.name) === 'in get_name: The node with id "' + id + '" does not exist');
    report(attempt(() => { child.name = "x" }).slice(0, 11)); report(attempt(() => child.remove()).slice(0, 9));`);
  expect(reported).toEqual([[true, true, "RECTANGLE", null], true, "in set_name", "in remove"]);
});

ruleTest("not-modelled", async () => {
  const { reported, window } = await tryPlugin(`const layer = figma.createRectangle();
    for (const use of [() => layer.outlineStroke(), () => layer.annotations, () => figma.createNodeFromSvg("<svg/>"), () => figma.variables, () => { figma.createFrame().layoutMode = "GRID" }])
      try { use(); report("fine") } catch (error) { report(error.name) }`);
  expect(reported).toEqual(Array(5).fill("SimUnsupported"));
  expect(window.unsupported).toEqual([
    "RectangleNode.outlineStroke()",
    "RectangleNode.annotations",
    "PluginAPI.createNodeFromSvg()",
    "PluginAPI.variables",
    "layoutMode",
  ]);
});
