import { expect } from "vitest";
import { ruleTest, tryPlugin } from "./try-plugin.ts";

ruleTest("reparenting", async () => {
  const { reported } =
    await tryPlugin(`const outer = figma.createFrame(), inner = figma.createFrame(), box = figma.createRectangle(); outer.appendChild(inner);
    const tries = [() => inner.appendChild(outer), () => outer.appendChild(outer), () => inner.appendChild(figma.currentPage), () => outer.insertChild(9, box), () => figma.root.appendChild(box),
      () => figma.createFrame().appendChild(figma.createSection())];
    for (const one of tries) report(attempt(one).split(":")[0]);
    report(attempt(() => box.appendChild(inner))); outer.insertChild(0, box); report(outer.children.map((child) => child.type));
    report(box.parent === outer && outer.children.length);`);
  expect(reported).toEqual([
    "in appendChild",
    "in appendChild",
    "in appendChild",
    "in insertChild",
    "in appendChild",
    "in appendChild",
    "no such property 'appendChild' on RECTANGLE node",
    ["RECTANGLE", "FRAME"],
    2,
  ]);
});

ruleTest("instance-sealed", async () => {
  const { reported } =
    await tryPlugin(`const main = figma.createComponent(); const box = figma.createRectangle(); box.name = "inner"; main.appendChild(box);
    const copy = main.createInstance(); report([copy.type, copy.children[0].name, /^I.*;/.test(copy.children[0].id), (await copy.getMainComponentAsync()) === main]);
    report(attempt(() => copy.appendChild(figma.createFrame())).slice(0, 31)); report(attempt(() => figma.currentPage.appendChild(copy.children[0])).slice(0, 31)); report(attempt(() => copy.children[0].remove()));
    report(attempt(() => main.appendChild(figma.createComponent())).slice(0, 31)); report(attempt(() => copy.mainComponent).slice(0, 20));`);
  const refusal = "in appendChild: Cannot move nod";
  expect(reported).toEqual([
    ["INSTANCE", "inner", true, true],
    refusal,
    refusal,
    "in remove: Removing this node is not allowed",
    refusal,
    "in get_mainComponent",
  ]);
});

ruleTest("append-keeps-numbers", async () => {
  const { reported } =
    await tryPlugin(`const frame = figma.createFrame(); frame.x = 100; const box = figma.createRectangle(); box.x = 30; frame.appendChild(box);
    report([box.x, box.absoluteBoundingBox.x, box.absoluteTransform[0][2]]);`);
  expect(reported).toEqual([[30, 130, 130]]);
});

ruleTest("group-transparent", async () => {
  const { reported } =
    await tryPlugin(`const a = figma.createRectangle(), b = figma.createRectangle(); a.x = 10; b.x = 200; b.y = 50;
    const group = figma.group([a, b], figma.currentPage); report([group.x, group.y, group.width, group.height, a.x, b.x]);
    group.x = 110; report([a.x, b.x, a.absoluteBoundingBox.x]); b.resize(10, 10); report([group.width, group.height]);
    report(figma.ungroup(group).length); report([group.removed, a.x, a.parent === figma.currentPage]);`);
  expect(reported).toEqual([
    [10, 0, 290, 150, 10, 200],
    [110, 300, 110],
    [200, 100],
    2,
    [true, 110, true],
  ]);
});

ruleTest("empty-group-goes", async () => {
  const { reported } = await tryPlugin(
    `const box = figma.createRectangle(); const group = figma.group([box], figma.currentPage); box.remove(); report(group.removed);`,
  );
  expect(reported).toEqual([true]);
});

ruleTest("selection-rules", async () => {
  const { reported } =
    await tryPlugin(`const frame = figma.createFrame(), box = figma.createRectangle(); frame.appendChild(box); const page = figma.createPage();
    report(attempt(() => { figma.currentPage.selection = [page] }).slice(0, 16)); report(attempt(() => { page.selection = [box] }).slice(0, 16));
    figma.currentPage.selection = [box, frame]; report(figma.currentPage.selection.map((layer) => layer.type)); frame.remove(); report(figma.currentPage.selection.length);`);
  expect(reported).toEqual(["in set_selection", "in set_selection", ["FRAME"], 0]);
});

ruleTest("resize-least", async () => {
  const { reported } =
    await tryPlugin(`const box = figma.createRectangle(), line = figma.createLine();
    report(attempt(() => box.resize(0, 10))); report(attempt(() => box.resize(10, -1))); report(attempt(() => line.resize(50, 1))); line.resize(50, 0); report([line.width, line.height]);
    const frame = figma.createFrame(); const pinned = figma.createRectangle(); frame.appendChild(pinned); pinned.resize(20, 20); pinned.constraints = { horizontal: "MAX", vertical: "STRETCH" };
    frame.resize(150, 160); report([pinned.x, pinned.height]); frame.resizeWithoutConstraints(100, 100); report([pinned.x, pinned.height]);`);
  expect(reported).toEqual([
    'in resize: Expected "width" to have value >= 0.01',
    'in resize: Expected "height" to have value >= 0.01',
    'in resize: Expected "height" to be 0 for lines',
    [50, 0],
    [50, 80],
    [50, 80],
  ]);
});

ruleTest("auto-layout-places", async () => {
  const { reported } =
    await tryPlugin(`const card = figma.createFrame(), a = figma.createRectangle(), b = figma.createRectangle(); a.resize(50, 20); b.resize(80, 30);
    report(attempt(() => { a.layoutSizingHorizontal = "FILL" }).slice(0, 40));
    card.appendChild(a); card.appendChild(b); card.layoutMode = "VERTICAL"; card.itemSpacing = 8; card.paddingTop = card.paddingLeft = card.paddingRight = card.paddingBottom = 10;
    report([card.width, card.height, a.x, a.y, b.y]); card.counterAxisSizingMode = "AUTO"; report(card.width);
    a.x = 77; report(a.x); a.layoutSizingHorizontal = "FILL"; report([a.width, a.layoutSizingHorizontal, card.layoutSizingVertical]);
    b.visible = false; report(card.height); b.layoutPositioning = "ABSOLUTE"; b.x = 5; report(b.x);
    report(attempt(() => { a.layoutSizingVertical = "HUG" }).slice(0, 40));
    card.layoutMode = "HORIZONTAL"; card.primaryAxisSizingMode = "FIXED"; card.resize(200, 60); card.primaryAxisAlignItems = "CENTER"; card.counterAxisAlignItems = "MAX"; a.layoutAlign = "INHERIT"; a.layoutGrow = 0; a.resize(80, 20); report([a.x, a.y]);`);
  expect(reported).toEqual(
    [
      "in set_layoutSizingHorizontal: FILL can o",
      [100, 78, 10, 10, 38],
      100,
      10,
      [80, "FILL", "HUG"],
      40,
      5,
      "in set_layoutSizingVertical: HUG can onl",
      [60, 30],
    ].map((value) =>
      value === "in set_layoutSizingHorizontal: FILL can o" ? value.slice(0, 40) : value,
    ),
  );
});

ruleTest("resize-fixes-layout", async () => {
  const { reported } =
    await tryPlugin(`const card = figma.createFrame(); card.layoutMode = "VERTICAL"; card.counterAxisSizingMode = "AUTO"; card.appendChild(figma.createRectangle());
    report([card.width, card.layoutSizingHorizontal, card.layoutSizingVertical]); card.resize(300, 50); report([card.width, card.height, card.layoutSizingHorizontal, card.layoutSizingVertical]);`);
  expect(reported).toEqual([
    [100, "HUG", "HUG"],
    [300, 50, "FIXED", "FIXED"],
  ]);
});

ruleTest("page-limit", async () => {
  const code = `figma.createPage(); figma.createPage(); report(attempt(() => figma.createPage()));`;
  expect((await tryPlugin(code)).reported).toEqual(["fine"]);
  const starter = await tryPlugin(code, { switches: { starterTeam: true } });
  expect(starter.reported).toEqual([
    "in createPage: The Starter plan only comes with 3 pages. Upgrade to Professional for unlimited pages.",
  ]);
});

ruleTest("no-pages-in-figjam", async () => {
  expect(
    (await tryPlugin(`report(typeof figma.createPage)`, { editor: "figjam" })).reported,
  ).toEqual(["undefined"]);
});
