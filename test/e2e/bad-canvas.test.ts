import { createServer } from "node:http";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { buildPlugin } from "../config/build-plugin.ts";
import { openChromiumPanels, type ChromiumPanels } from "../figma/panel/chromium-panels.ts";
import { rowOfShapes } from "../helpers/command-line.ts";
import { openTestRelay } from "../helpers/open-test-relay.ts";
import { PricedRelay } from "../helpers/priced-relay.ts";
import { SpacesStage } from "../helpers/spaces-stage.ts";
import { until, type SpacesWindow } from "../helpers/spaces-window.ts";

/** The two nodes of every board here: words, and a picture of them for five credits. */
const [words, picture] = ["1:0", "1:1"] as const;

// A few seconds each; a machine that runs all tests at once makes a minute of them.
vi.setConfig({ testTimeout: 90_000 });

let panels: ChromiumPanels;
let relay: PricedRelay;
let stage: SpacesStage;
beforeAll(async () => {
  await buildPlugin();
  [panels, relay] = await Promise.all([openChromiumPanels(), PricedRelay.open()]);
}, 120_000);
afterEach(async () => {
  const { troubles } = stage;
  await stage.close();
  expect(troubles).toEqual([]);
});
afterAll(async () => {
  await panels.close();
  expect(await relay.audit()).toEqual({ broken: [], held: 0, lost: 0 });
});

/** A board of two connected shapes on which a person has just made the two nodes. */
async function openFlow(): Promise<SpacesWindow> {
  relay.startOver();
  const document = rowOfShapes(["A harbour at dusk", "Picture"]);
  stage = new SpacesStage(panels, relay.port, { editor: "figjam", document });
  const me = await stage.open();
  await me.pair(stage.address, await relay.newCode());
  await me.useAs(words, "Text");
  await me.useAs(picture, "Image Generator");
  await me.press(/^Model: /);
  await me.panel.getByRole("menuitemradio", { name: /Fake image/ }).click();
  await me.panel.getByRole("button", { name: "Model: Fake image" }).waitFor();
  return me;
}

async function startRun(me: SpacesWindow): Promise<void> {
  await me.select(words);
  await me.press(/^Run from here/);
  await me.confirm();
}

/** The run's result is there, made by one call; opened once more, the plugin adds nothing to it. */
async function expectPlacedOnce(me: SpacesWindow): Promise<SpacesWindow> {
  await until("the result lies on the canvas", () => stage.resultsOf(picture).length > 0);
  await stage.comesToRest();
  me.plugin.close();
  const again = await stage.open(me.user);
  await again.looked();
  await stage.comesToRest();
  expect(stage.results).toHaveLength(1);
  expect(relay.submits).toEqual([1]);
  return again;
}

test("F35: the relay goes away during a run and comes back: the run goes on, its result is placed once", async () => {
  const me = await openFlow();
  relay.isHeld = true;
  await startRun(me);
  await until("the picture is being made", () => relay.submits.length === 1);
  const closed = relay.stop();
  await me.reads(/^Nothing answers at .*: the relay is not running, or your browser keeps/);
  expect(stage.results).toHaveLength(0);
  // A relay that is stopped lets the call that it has in hand come to its end.
  relay.isHeld = false;
  await closed;
  await relay.start();
  const again = await expectPlacedOnce(me);
  await again.stands(picture, "Done");
});

test("a token that was revoked: the panel asks to be paired again, and goes on where it was", async () => {
  const me = await openFlow();
  await relay.revokePanels();
  me.user.select();
  me.user.select(picture);
  await me.reads("The relay does not know this panel any more. Pair them again with a new code.");
  await me.pair(stage.address, await relay.newCode());
  await startRun(me);
  await expectPlacedOnce(me);
});

test("what answers is no relay, then another one: nothing is sent to it, and the right one is known again", async () => {
  let me = await openFlow();
  // An open panel may not have noticed yet that its relay is gone.
  me.plugin.close();
  await relay.stop();
  const asked: (string | undefined)[] = [];
  const stranger = createServer((request, response) => {
    asked.push(request.headers.authorization);
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "*");
    response.end("<html>It works!</html>");
  });
  await new Promise<void>((resolve) => stranger.listen(relay.port, "localhost", resolve));
  me = await stage.open();
  await me.reads(/What answers at http:\/\/localhost:\d+ is no relay of this version of Spaces\./);
  stranger.closeAllConnections();
  await new Promise((resolve) => stranger.close(resolve));
  expect(asked.filter((authorization) => authorization !== undefined)).toEqual([]);
  const other = await openTestRelay([], undefined, null, relay.port);
  // The panel tries again by itself; a person's press might come just after that.
  await me.reads(/Another relay answers at .* than the one that was paired\./);
  await other.close();
  await relay.start();
  me.plugin.close();
  me = await stage.open();
  await me.panel.getByRole("tab", { name: "Node" }).waitFor();
  await startRun(me);
  await expectPlacedOnce(me);
});

test("a person who may only look is told so, and places nothing of what waits", async () => {
  const me = await openFlow();
  relay.isHeld = true;
  await startRun(me);
  me.plugin.close();
  relay.isHeld = false;
  const kim = stage.standIn.remote("Kim");
  kim.loseEditRights();
  const watching = await stage.open(kim);
  await watching.pair(stage.address, await relay.newCode());
  await watching.reads(
    /You can look at this file, not change it\. Ask for edit access to run nodes\./,
  );
  await watching.stands(picture, "Done");
  await stage.comesToRest();
  expect(
    await watching.panel
      .getByRole("button", { name: /^(Run|Up to date)/ })
      .first()
      .isDisabled(),
  ).toBe(true);
  expect(stage.results).toHaveLength(0);
  const back = await stage.open();
  await expectPlacedOnce(back);
});

test("F38: the node's layer is deleted during the run: its result is kept and goes where a person says", async () => {
  const me = await openFlow();
  relay.isHeld = true;
  await startRun(me);
  await until("the picture is being made", () => relay.submits.length === 1);
  me.user.delete(picture);
  relay.isHeld = false;
  await me.reads(/A result was not placed because its node is gone\. It is kept\./);
  expect(stage.results).toHaveLength(0);
  me.user.select();
  await me.press("Place again");
  await expectPlacedOnce(me);
});

test("a node in a locked section gets its result, and the section stays locked", async () => {
  const me = await openFlow();
  const section = me.user.draw("SECTION", { width: 1_400, height: 900 }, { x: -100, y: -100 });
  for (const layer of [words, picture]) me.user.putInto(layer, section);
  me.user.set(section, "locked", true);
  await startRun(me);
  await expectPlacedOnce(me);
  expect(section.values.locked).toBe(true);
  expect(stage.results[0]?.layer.values.locked).toBe(false);
});

test("F40: two people press Run at once: one run, one call, one result", async () => {
  const me = await openFlow();
  await stage.comesToRest();
  const kim = await stage.open(stage.standIn.remote("Kim"));
  await kim.pair(stage.address, await relay.newCode());
  relay.isHeld = true;
  const both = [me, kim];
  for (const each of both) {
    await each.select(words);
    await each.press(/^Run from here/);
  }
  await Promise.all(both.map((each) => each.confirm()));
  await until("the picture is being made", () => relay.submits.length > 0);
  for (const each of both) await each.panel.getByLabel("1 going on").waitFor();
  relay.isHeld = false;
  await expectPlacedOnce(me);
  await kim.stands(picture, "Done");
});

test("undo right after a placement takes it away for good; a person can have it back", async () => {
  const me = await openFlow();
  const { clock, document } = me.plugin.session.parts;
  const stop = document.listen(({ kind, layer }) => {
    if (kind !== "create" || layer.type !== "RECTANGLE") return;
    stop();
    clock.soon(() => me.user.undo());
  });
  await startRun(me);
  await me.stands(picture, "Done");
  await stage.comesToRest();
  expect(stage.results).toHaveLength(0);
  await me.press(/^Result 1 of/);
  await me.panel.getByRole("menuitem", { name: "Place on the canvas" }).click();
  await expectPlacedOnce(me);
});

test("a model that is gone is named, and nothing runs on another one instead", async () => {
  let me = await openFlow();
  me.plugin.close();
  await relay.stop();
  await relay.start(false);
  me = await stage.open();
  await me.looked();
  await me.select(picture);
  await me.reads('The model "fake:image" is not known here. Choose another.');
  expect(await isGrey(me)).toBe(true);
  me.plugin.close();
  await relay.stop();
  await relay.start();
  me = await stage.open();
  await me.looked();
  await startRun(me);
  await expectPlacedOnce(me);
});

test("F17, F48: a result that is no picture fails in a sentence, and a next run is not kept from working", async () => {
  const me = await openFlow();
  const bytes = new TextEncoder().encode("<html>Too many requests</html>");
  relay.made = { outputs: [{ kind: "bytes", bytes }], billedCredits: null, notes: [] };
  await startRun(me);
  await me.select(picture);
  await me.reads(/The result of .* cannot be used\./);
  expect(stage.results).toHaveLength(0);
  relay.startOver();
  await startRun(me);
  await expectPlacedOnce(me);
});

/** Whether the run button cannot be pressed. */
function isGrey({ panel }: SpacesWindow): Promise<boolean> {
  return panel
    .getByRole("button", { name: /^(Run|Up to date)/ })
    .first()
    .isDisabled();
}
