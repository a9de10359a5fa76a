import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { applyTransform, absoluteTransform, type Point } from "../figma/model/geometry.ts";
import type { Layer } from "../figma/model/layer.ts";
import { exportLayer } from "../figma/paint/export-layer.ts";
import { buildPlugin } from "../config/build-plugin.ts";
import { openChromiumPanels, type ChromiumPanels } from "../figma/panel/chromium-panels.ts";
import { hashOf, openTestRelay, type TestRelay } from "../helpers/open-test-relay.ts";
import { describeShared } from "../helpers/shared-folder.ts";
import { SpacesStage, type LyingResult } from "../helpers/spaces-stage.ts";
import { until, type SpacesWindow } from "../helpers/spaces-window.ts";

let panels: ChromiumPanels;
let relay: TestRelay;
let stage: SpacesStage;
beforeAll(async () => {
  await buildPlugin();
  [panels, relay] = await Promise.all([openChromiumPanels(), openTestRelay()]);
}, 120_000);
afterEach(async () => {
  const { troubles } = stage;
  await stage.close();
  expect(troubles).toEqual([]);
});
afterAll(async () => {
  await panels.close();
  await relay.close();
});

const pair = async (window: SpacesWindow): Promise<SpacesWindow> => {
  await window.pair(stage.address, await relay.relay.newCode());
  return window;
};

/** The result's pixels are there: the asset's own bytes, and something to see where it is drawn. */
async function expectPixels({ layer, record }: LyingResult, sidePx: number): Promise<void> {
  const bytes = stage.pictureOf(layer) ?? new Uint8Array();
  expect(hashOf(bytes)).toBe(record.asset);
  expect(record).toMatchObject({ w: sidePx, h: sidePx });
  const drawn = await exportLayer(stage.standIn.document, layer, { format: "PNG" });
  expect((await sharp(drawn as Uint8Array).stats()).entropy).toBeGreaterThan(1);
}

describeShared("a real board", "fixtures/figjam/estridi-payments-2024-04-04.json", (path) => {
  const [words, picture, enlarged] = ["166:1246", "166:1299", "166:1316"] as const;
  const lines = ["166:1309", "166:1333"];

  test("F38: three connected shapes run as a flow, which reloads, is copied, and outlives its panel", async () => {
    const document: unknown = JSON.parse(await readFile(path, "utf8"));
    stage = new SpacesStage(panels, relay.relay.port, { editor: "figjam", document });
    let me = await pair(await stage.open());
    await me.useAs(words, "Text");
    await me.useAs(picture, "Image Generator");
    await me.panel.getByLabel("Longer side").selectOption("512");
    await me.useAs(enlarged, "Image Upscaler");

    await me.select(words);
    await me.press(/^Run from here/);
    await me.confirm();
    await until("both results lie on the canvas", () => stage.results.length === 2);
    const [made] = stage.resultsOf(picture);
    const [large] = stage.resultsOf(enlarged);
    await expectPixels(made!, 512);
    await expectPixels(large!, 1024);
    expect(stage.box(made!.layer.id).x).toBeGreaterThan(stage.box(picture).x);
    await me.stands(enlarged, "Done");

    // Reloaded: the same flow, and a canvas that did not change by it.
    await stage.comesToRest();
    const before = pictureOf(stage.layers);
    me.plugin.close();
    me = await stage.open();
    await me.looked();
    await stage.comesToRest();
    await me.stands(enlarged, "Done");
    await me.press(/^Result 1 of/);
    await me.panel.getByRole("menuitem", { name: "Show on the canvas" }).waitFor();
    await me.panel.page().keyboard.press("Escape");
    await me.select(words);
    await me.panel.getByRole("button", { name: "Up to date" }).waitFor();
    expect(pictureOf(stage.layers)).toBe(before);

    // Copied with its lines and results: the copy starts clean, the original stays what it is.
    const flow = [words, picture, enlarged, ...lines, made!.layer.id, large!.layer.id];
    const original = pictureOf(flow.map((id) => stage.layer(id)));
    const copies = me.user.duplicateBeside(...flow.map((id) => stage.layer(id)));
    const [ownWords, ownPicture, ownEnlarged] = copies.map(({ id }) => id);
    await until("every record of the copy is its own", () =>
      copies.every((copy) =>
        ["node", "edge", "res"].every((key) => {
          const record = stage.record(copy, key);
          return record === null || record["self"] === copy.id;
        }),
      ),
    );
    expect(copies.slice(0, 3).map((copy) => stage.record(copy, "node")?.["kind"])).toEqual([
      "text",
      "image-generator",
      "image-upscaler",
    ]);
    expect(stage.results).toHaveLength(2);
    expect(pictureOf(flow.map((id) => stage.layer(id)))).toBe(original);
    await me.stands(ownEnlarged!, "Ready");
    expect(await me.panel.getByText("Versions").count()).toBe(0);
    await me.stands(ownPicture!, "Ready");
    expect(await me.panel.getByLabel("Longer side").inputValue()).toBe("512");

    // The panel is closed while the copy runs: what it makes is placed once, at the next opening.
    await me.select(ownWords!);
    await me.press(/^Run from here/);
    await me.confirm();
    me.plugin.close();
    expect(stage.resultsOf(ownEnlarged!)).toHaveLength(0);
    me = await stage.open();
    await until("the copy's results lie on the canvas", () => {
      return stage.resultsOf(ownEnlarged!).length > 0 && stage.resultsOf(ownPicture!).length > 0;
    });
    await me.stands(ownEnlarged!, "Done");
    await stage.comesToRest();
    expect(stage.results.map(({ record }) => record.src).sort()).toEqual(
      [picture, enlarged, ownPicture, ownEnlarged].sort(),
    );
    expect(pictureOf(flow.map((id) => stage.layer(id)))).toBe(original);
    expect(me.drawn.problems).toEqual([]);
  }, 90_000);
});

describe("a new file of Figma Design", () => {
  test("cards and their link are drawn by the panel; the link follows, the result lies in its card", async () => {
    stage = new SpacesStage(panels, relay.relay.port, { editor: "figma" });
    let me = await pair(await stage.open());
    const words = await me.addNode("Text");
    await me.panel.getByRole("textbox", { name: "Text", exact: true }).fill("A lighthouse in fog");
    const picture = await me.addNext("Image Generator");
    await me.panel.getByLabel("Longer side").selectOption("512");
    await until("a link is drawn", () => links().length === 1);
    const [link] = links();
    expect(stage.record(link!, "edge")).toMatchObject({ src: { id: words }, dst: { id: picture } });

    const [start, end] = endsOf(link!);
    const card = stage.layer(picture);
    me.user.move(card, card.values.transform[0][2] + 240, card.values.transform[1][2] + 360);
    await until("the link follows the card", () => {
      const [, now] = endsOf(link!);
      return Math.abs(now.x - end.x - 240) < 1 && Math.abs(now.y - end.y - 360) < 1;
    });
    expect(endsOf(link!)[0]).toEqual(start);

    await me.press(/^Run/);
    await until("the result lies on the canvas", () => stage.results.length === 1);
    const [made] = stage.resultsOf(picture);
    await expectPixels(made!, 512);
    expect(isIn(made!.layer, card)).toBe(true);
    await me.stands(picture, "Done");

    await stage.comesToRest();
    const before = pictureOf(stage.layers);
    me.plugin.close();
    me = await stage.open();
    await me.looked();
    await stage.comesToRest();
    await me.stands(picture, "Done");
    expect(pictureOf(stage.layers)).toBe(before);

    const [ownWords, ownPicture, ownLink] = me.user.duplicateBeside(
      ...[words, picture, link!.id].map((id) => stage.layer(id)),
    );
    await until("the copied link joins the copied cards", () => {
      const edge = stage.record(ownLink!, "edge") as { src?: Named; dst?: Named } | null;
      return edge?.src?.id === ownWords!.id && edge.dst?.id === ownPicture!.id;
    });
    await me.stands(ownPicture!.id, "Ready");
    expect(stage.results).toHaveLength(1);
    expect(me.drawn.problems).toEqual([]);
  }, 60_000);
});

interface Named {
  readonly id: string;
}

function links(): Layer[] {
  return stage.layers.filter((layer) => stage.record(layer, "edge")?.["made"] === "plugin");
}

/** The two ends of a drawn arrow, on its page. */
function endsOf(arrow: Layer): [Point, Point] {
  const { vertices } = arrow.values["vectorNetwork"] as { vertices: Point[] };
  const [first, last] = [vertices[0]!, vertices.at(-1)!];
  return [onPage(arrow, first), onPage(arrow, last)];
}

function onPage(layer: Layer, { x, y }: Point): Point {
  return applyTransform(absoluteTransform(layer), { x, y });
}

function isIn(layer: Layer, holder: Layer): boolean {
  return layer === holder || (layer.parent !== null && isIn(layer.parent, holder));
}

function isShown({ values, parent }: Layer): boolean {
  return values.visible && (parent === null || parent.type === "PAGE" || isShown(parent));
}

/** All that a person or a plugin could tell apart in these layers. */
function pictureOf(layers: readonly Layer[]): string {
  return layers
    .filter(isShown)
    .map(({ id, type, values, data, parent }) =>
      JSON.stringify([id, type, parent?.id, values, [...data].sort()]),
    )
    .join("\n");
}
