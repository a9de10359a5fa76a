import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { buildPlugin } from "../config/build-plugin.ts";
import { openChromiumPanels, type ChromiumPanels } from "../figma/panel/chromium-panels.ts";
import { openTestRelay, type TestRelay } from "../helpers/open-test-relay.ts";
import { SpacesStage } from "../helpers/spaces-stage.ts";
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

const menu = (handler: string) => `plugin/main.ts--${handler}`;

/** The plugin is closed, a person selects, and starts it by a command. */
async function start(
  before: SpacesWindow,
  selected: readonly string[],
  command: string,
  parameters?: Readonly<Record<string, unknown>>,
): Promise<SpacesWindow> {
  await stage.comesToRest();
  before.plugin.close();
  before.user.select(...selected);
  return stage.open(before.user, { command, ...(parameters && { parameters }) });
}

const kindOf = (layer: string) => stage.record(stage.layer(layer), "node")?.["kind"] ?? null;
const resultsOf = (layer: string) => stage.resultsOf(layer).length;

test.each(["figjam", "figma"] as const)(
  "in %s every command of the menu, of quick actions and of relaunch buttons does what it says",
  async (editor) => {
    stage = new SpacesStage(panels, relay.relay.port, { editor });
    let me = await stage.open();
    await me.pair(stage.address, await relay.relay.newCode());
    const words = await me.addNode("Text");
    await me.panel.getByRole("textbox", { name: "Text", exact: true }).fill("A lighthouse in fog");
    const picture = await me.addNext("Image Generator");
    await me.panel.getByLabel("Longer side").selectOption("512");
    const large = await me.addNext("Image Upscaler");
    const shape = me.user.draw("RECTANGLE", { width: 80, height: 80 }, { x: 0, y: 4_000 }).id;
    const note = me.user.draw("TEXT", {}, { x: 0, y: 5_000 });
    me.user.type(note, "A note to use");

    // A run with nothing selected is none, and says so.
    me = await start(me, [shape], menu("runFromHere"));
    await me.reads("Select a node first, then run it.");

    // The selected node alone, without asking: what follows it is left as it is.
    me = await start(me, [picture], menu("runSelection"));
    await until("the picture lies on the canvas", () => resultsOf(picture) === 1);
    await me.stands(large, "Ready");

    // From a relaunch button: what follows the node, which is up to date itself and kept.
    me = await start(me, [picture], "runFromHere");
    await until("the enlarged picture lies on the canvas", () => resultsOf(large) === 1);
    expect(resultsOf(picture)).toBe(1);

    // Opened at a node: its form is there, and nothing runs.
    const relaunch = [...stage.layer(large).data.keys()].filter((key) =>
      key.startsWith("relaunch"),
    );
    expect(relaunch.map((key) => key.split("|").at(-1)).sort()).toEqual([
      "openNode",
      "runFromHere",
    ]);
    const before = stage.results.length;
    me = await start(me, [large], "openNode");
    await me.panel.locator(".node-title").waitFor();
    await me.looked();
    expect(await me.panel.getByRole("dialog").count()).toBe(0);

    // What was typed into a quick action chooses the type; what is no type changes nothing.
    me = await start(me, [note.id], menu("useSelectionAs"), { type: "no-such-type" });
    await me.looked();
    expect(kindOf(note.id)).toBeNull();
    me = await start(me, [note.id], menu("useSelectionAs"), { type: "text" });
    await until("the note is a node", () => kindOf(note.id) === "text");

    me = await start(me, [], menu("addNode"), { type: "image-generator", prompt: "A fox" });
    await until("a node was added", () => added().length === 1);
    expect(added()[0]).toMatchObject({ params: { prompt: "A fox" } });
    await stage.comesToRest();
    expect(stage.results.length).toBe(before);
    expect(me.drawn.problems).toEqual([]);

    function added(): unknown[] {
      const known = [words, picture, large, note.id];
      return stage.layers.flatMap((layer) => {
        const record = stage.record(layer, "node");
        return record && !known.includes(layer.id) ? [record["cfg"]] : [];
      });
    }
  },
  90_000,
);
