import sharp from "sharp";
import { expect } from "vitest";
import { manifestWith, ruleTest, tryPlugin } from "./try-plugin.ts";

const unloaded = (operation: string, family: string, style: string): string =>
  `in ${operation}: Cannot write to node with unloaded font "${family} ${style}". Please call figma.loadFontAsync({ family: "${family}", style: "${style}" }) and await the returned promise first.`;

ruleTest("unloaded-font", async () => {
  const { reported } =
    await tryPlugin(`const text = figma.createText(); report(attempt(() => { text.characters = "Hi" })); report(attempt(() => { text.fontSize = 20 })); report(attempt(() => { text.fills = red }));
    await figma.loadFontAsync(text.fontName); text.characters = "Hello there"; report([text.name, text.width > 20, text.height]);
    report(attempt(() => text.setRangeFontName(0, 5, { family: "Inter", style: "Bold" }))); await figma.loadFontAsync({ family: "Inter", style: "Bold" }); text.setRangeFontName(0, 5, { family: "Inter", style: "Bold" });
    report([text.fontName === figma.mixed, text.getRangeAllFontNames(0, 11).length]);`);
  expect(reported).toEqual([
    unloaded("set_characters", "Inter", "Regular"),
    unloaded("set_fontSize", "Inter", "Regular"),
    "fine",
    ["Hello there", true, 15],
    unloaded("setRangeFontName", "Inter", "Bold"),
    [true, 2],
  ]);
  const sticky = await tryPlugin(
    `const sticky = figma.createSticky(); report(attempt(() => { sticky.text.characters = "x" })); await figma.loadFontAsync(sticky.text.fontName); sticky.text.characters = "word ".repeat(200); report([sticky.width, sticky.height > 240]);`,
    { editor: "figjam" },
  );
  expect(sticky.reported).toEqual([unloaded("set_characters", "Inter", "Medium"), [240, true]]);
  expect(
    (
      await tryPlugin(
        `const text = figma.createText(); report(attempt(() => { text.characters = "Hi" }))`,
        { on: sticky.standIn },
      )
    ).reported[0],
  ).toContain("unloaded font");
});

ruleTest("unknown-font", async () => {
  const { reported } = await tryPlugin(
    `report(await attemptLater(() => figma.loadFontAsync({ family: "Comic Mono", style: "Regular" }))); report((await figma.listAvailableFontsAsync()).filter((font) => font.fontName.family === "Inter").length);`,
  );
  expect(reported).toEqual(['The font "Comic Mono Regular" could not be loaded', 18]);
});

ruleTest("font-size-least", async () => {
  const { reported } = await tryPlugin(
    `const text = figma.createText(); await figma.loadFontAsync(text.fontName); report(attempt(() => { text.fontSize = 0.5 }));`,
  );
  expect(reported).toEqual([
    'in set_fontSize: Property "fontSize" failed validation: Number must be greater than or equal to 1',
  ]);
});

ruleTest("characters-drop-ranges", async () => {
  const { reported } =
    await tryPlugin(`const text = figma.createText(); await figma.loadFontAsync(text.fontName); text.characters = "one two";
    text.setRangeFontSize(4, 7, 30); text.setRangeHyperlink(0, 3, { type: "URL", value: "https://example.com" }); text.insertCharacters(3, " and");
    report(text.getStyledTextSegments(["fontSize", "hyperlink"]).map((part) => [part.characters, part.fontSize, part.hyperlink === null])); text.deleteCharacters(0, 4); report([text.characters, text.fontSize === figma.mixed]);
    text.characters = "new"; report([text.fontSize, attempt(() => text.getRangeFontSize(2, 9)).slice(0, 50)]);`);
  expect(reported).toEqual([
    [
      ["one and", 12, false],
      [" ", 12, true],
      ["two", 30, true],
    ],
    ["and two", true],
    [12, "in getRangeFontSize: Range outside of available ch"],
  ]);
});

ruleTest("connector-label-font", async () => {
  const { reported } = await tryPlugin(
    `const line = figma.createConnector(); report((await attemptLater(() => figma.loadFontAsync(line.text.fontName))).slice(0, 8));
    const font = { family: "Inter", style: "Medium" }; await figma.loadFontAsync(font); line.text.fontName = font; line.text.characters = "yes"; report(line.text.characters);`,
    { editor: "figjam" },
  );
  expect(reported).toEqual(["The font", "yes"]);
});

ruleTest("plugin-data-limit", async () => {
  const { reported } =
    await tryPlugin(`const layer = figma.createFrame(); layer.setPluginData("a", "kept"); report(attempt(() => layer.setPluginData("a", "x".repeat(100000)))); report(layer.getPluginData("a"));
    layer.setPluginData("b", "x".repeat(90000)); report(layer.getPluginDataKeys()); layer.setPluginData("a", ""); report([layer.getPluginDataKeys(), layer.getPluginData("a")]);`);
  expect(reported).toEqual([
    "in setPluginData: Total entry size cannot exceed 100 kB",
    "kept",
    ["a", "b"],
    [["b"], ""],
  ]);
});

ruleTest("plugin-data-private", async () => {
  const { standIn } = await tryPlugin(
    `const layer = figma.createFrame(); layer.setPluginData("a", "mine"); layer.setSharedPluginData("spaces", "b", "ours");`,
  );
  const { reported } = await tryPlugin(
    `const [layer] = figma.currentPage.findAllWithCriteria({ sharedPluginData: { namespace: "spaces", keys: ["b"] } }); report([layer.getPluginData("a"), layer.getSharedPluginData("spaces", "b"), layer.getSharedPluginDataKeys("spaces")]);
    report(figma.currentPage.findAllWithCriteria({ pluginData: {} }).length); report(attempt(() => layer.setSharedPluginData("ab", "k", "v")).slice(0, 44)); report(attempt(() => layer.setPluginData("k", 5)));`,
    { on: standIn, manifest: manifestWith({ id: "2000" }) },
  );
  expect(reported).toEqual([
    ["", "ours", ["b"]],
    0,
    "in setSharedPluginData: The namespace must b",
    'in setPluginData: Expected "value" to have type string but got number instead',
  ]);
});

ruleTest("copies-carry-data", async () => {
  for (const copiesCarryPluginData of [true, false]) {
    const { standIn, reported } = await tryPlugin(
      `const layer = figma.createFrame(); layer.setSharedPluginData("spaces", "node", layer.id); layer.setRelaunchData({ open: "" }); report(layer.clone().getSharedPluginData("spaces", "node") === layer.id);`,
      { switches: { copiesCarryPluginData } },
    );
    const copy = standIn.user.duplicate(standIn.document.pages[0]?.children?.[0] ?? "");
    expect([reported[0], copy[0]?.data.has("shared|spaces|node")]).toEqual([
      copiesCarryPluginData,
      copiesCarryPluginData,
    ]);
  }
});

ruleTest("relaunch-data", async () => {
  const code = `const layer = figma.createFrame(); layer.setRelaunchData({ open: "", edit: "Edit it" }); report(layer.getRelaunchData()); layer.setRelaunchData({ open: "x" }); report(layer.getRelaunchData());
    report(attempt(() => layer.setRelaunchData({ open: "x".repeat(1001) })).slice(0, 40)); report(attempt(() => figma.currentPage.setRelaunchData({ open: "" })).slice(0, 18)); layer.setRelaunchData({}); report(layer.getRelaunchData());`;
  const expected = [
    { open: "", edit: "Edit it" },
    { open: "x" },
    "in setRelaunchData: The description cann",
    "fine",
    {},
  ];
  expect((await tryPlugin(code)).reported).toEqual(
    expected.map((value) => (typeof value === "string" ? value.slice(0, 40) : value)),
  );
  expect((await tryPlugin(code, { editor: "figjam" })).reported[3]).toBe("in setRelaunchData");
});

ruleTest("client-storage", async () => {
  const { standIn } = await tryPlugin(
    `await figma.clientStorage.setAsync("a", { list: [1, "two", null], bytes: new Uint8Array([1, 255]) }); report(await attemptLater(() => figma.clientStorage.setAsync("big", "x".repeat(5000001))));`,
  );
  const read = `const value = await figma.clientStorage.getAsync("a"); report(value && [value.list, value.bytes.constructor.name, value.bytes[1]]); report(await figma.clientStorage.keysAsync()); report(await figma.clientStorage.getAsync("none"));`;
  expect((await tryPlugin(read, { on: standIn })).reported).toEqual([
    [[1, "two", null], "Uint8Array", 255],
    ["a"],
    undefined,
  ]);
  expect(
    (await tryPlugin(read, { on: standIn, manifest: manifestWith({ id: "2000" }) })).reported,
  ).toEqual([undefined, [], undefined]);
  expect(
    (await tryPlugin(read, { on: standIn, by: standIn.remote("Ana") })).reported[0],
  ).toBeUndefined();
});

const picture = (format: "png" | "jpeg" | "webp" | "gif", width = 8, height = 6): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: "#3366ff" } })
    .toFormat(format)
    .toBuffer();

ruleTest("image-types", async () => {
  const files = {
    png: await picture("png"),
    jpeg: await picture("jpeg"),
    gif: await picture("gif"),
    webp: await picture("webp"),
    large: await picture("png", 4097, 1),
  };
  const data = Object.entries(files)
    .map(([name, bytes]) => `${name}: figma.base64Decode("${bytes.toString("base64")}")`)
    .join(", ");
  const { reported } =
    await tryPlugin(`const files = { ${data} }; for (const name in files) report(attempt(() => figma.createImage(files[name])));
    report(attempt(() => figma.createImage(new Uint8Array()))); const image = figma.createImage(files.png); report([image.hash === figma.createImage(files.png).hash, await image.getSizeAsync(), (await image.getBytesAsync()).length === files.png.length, figma.getImageByHash("none"), figma.getImageByHash(image.hash).hash === image.hash]);`);
  expect(reported).toEqual([
    "fine",
    "fine",
    "fine",
    "in createImage: Image type is unsupported",
    "in createImage: Image is too large",
    "in createImage: Image is too small",
    [true, { width: 8, height: 6 }, true, null, true],
  ]);
});

ruleTest("export-settings", async () => {
  const { reported } =
    await tryPlugin(`const box = figma.createRectangle(); box.resize(40, 20); box.fills = red; const png = await box.exportAsync({ format: "PNG", constraint: { type: "SCALE", value: 2 } }); report(png);
    report((await attemptLater(() => box.exportAsync({ format: "SVG", constraint: { type: "SCALE", value: 2 } }))).includes("Unrecognized key(s)")); report((await box.exportAsync({ format: "SVG_STRING" })).slice(0, 4)); report((await box.exportAsync({ format: "JSON_REST_V1" })).document.absoluteBoundingBox);
    report((await box.exportAsync({ format: "JPG" }))[0]); box.visible = false; report((await attemptLater(() => box.exportAsync())).slice(0, 36));`);
  const { data, info } = await sharp(Buffer.from(reported[0] as Uint8Array))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, [...data.subarray(0, 3)]]).toEqual([80, 40, [255, 0, 0]]);
  expect(reported.slice(1)).toEqual([
    true,
    "<svg",
    { x: 0, y: 0, width: 40, height: 20 },
    255,
    "in exportAsync: Failed to export nod",
  ]);
});
