import { afterEach, expect, test } from "vitest";
import type { User } from "../people/user.ts";
import {
  card,
  counter,
  parametersPlugin,
  rectangles,
  renamer,
  stickies,
  styledText,
  type Sample,
} from "../samples/samples.ts";
import { createStandIn, type StandIn } from "../stand-in.ts";
import { manifestWith } from "./try-plugin.ts";

const opened: StandIn[] = [];
afterEach(() => {
  for (const standIn of opened.splice(0)) standIn.dispose();
});

function open(editor: "figma" | "figjam"): StandIn {
  const standIn = createStandIn({ editor, seed: 5 });
  opened.push(standIn);
  return standIn;
}

async function run(
  sample: Sample,
  standIn: StandIn,
  options: { command?: string; parameters?: Record<string, unknown>; by?: User } = {},
) {
  const window = await standIn.runPlugin({
    manifest: manifestWith({ editorType: sample.editorType, ...sample.manifest }),
    mainCode: sample.code,
    uiCode: "<p>panel</p>",
    ...options,
  });
  await standIn.clock.advance(50);
  expect([window.errors, window.unsupported]).toEqual([[], []]);
  return window;
}

const children = (standIn: StandIn) => standIn.document.pages[0]?.children ?? [];

test.each(["figma", "figjam"] as const)(
  "rectangles in %s: made, placed, selected, closed",
  async (editor) => {
    const standIn = open(editor);
    const window = await run(rectangles, standIn);
    expect(window.ui?.html).toBe("<p>panel</p>");
    window.post({ type: "create-rectangles", count: 3 });
    await standIn.clock.idle();
    expect(children(standIn).map(({ values }) => values.transform[0][2])).toEqual([0, 150, 300]);
    expect(standIn.user.person.selectionOn(standIn.user.person.page)).toHaveLength(3);
    expect([window.isOpen, standIn.user.person.viewport.center.x]).toEqual([false, 200]);
  },
);

test("styled text keeps its ranges and its height", async () => {
  const window = await run(styledText, open("figma"));
  expect(window.closeMessage).toBe("3 segments, 69 high");
});

test("a card hugs its height and fills its width", async () => {
  const standIn = open("figma");
  const window = await run(card, standIn);
  expect(window.notifications[0]?.message).toBe("Made Card 240x194, picture 208, title 208");
  expect(children(standIn)[1]).toMatchObject({ type: "INSTANCE", values: { width: 240 } });
});

test("the renamer hears the selection and renames it as one undo step", async () => {
  const standIn = open("figma");
  const [a, b] = [standIn.user.draw("FRAME"), standIn.user.draw("ELLIPSE")];
  const window = await run(renamer, standIn);
  standIn.user.select(a, b);
  await standIn.clock.idle();
  window.post({ type: "rename", prefix: "Item" });
  await standIn.clock.idle();
  expect(window.messages).toEqual([
    { type: "selection", names: [] },
    { type: "selection", names: ["Frame", "Ellipse"] },
    { type: "selection", names: ["Item 1", "Item 2"] },
  ]);
  standIn.user.undo();
  expect([a.values.name, b.values.name]).toEqual(["Frame", "Ellipse"]);
});

test("stickies stand in a section and are joined", async () => {
  const standIn = open("figjam");
  const window = await run(stickies, standIn);
  expect(window.closeMessage).toBe("5 things, 3 rows");
  const section = children(standIn)[0];
  const connector = section?.children?.find(({ type }) => type === "CONNECTOR");
  expect(connector?.values).toMatchObject({ width: 80, height: 0 });
  await expect(run(stickies, open("figma"))).rejects.toThrow("does not run in figma");
});

test("the counter counts for each layer, copies count on, and offers a button", async () => {
  const standIn = open("figma");
  expect((await run(counter, standIn)).closeMessage).toBe("Select a layer first");
  const layer = standIn.user.draw("FRAME");
  standIn.user.select(layer);
  expect((await run(counter, standIn)).closeMessage).toBe(":1");
  standIn.user.select(...standIn.user.duplicate(layer));
  expect((await run(counter, standIn, { command: "again" })).closeMessage).toBe("again:2");
  expect(layer.data.get("relaunch|1000|again")).toBe("=Ran 1 times");
});

test("parameters are suggested, checked and used", async () => {
  const standIn = open("figma");
  const window = await run(parametersPlugin, standIn, {
    parameters: { shape: "ellipse", size: "64" },
  });
  expect(children(standIn)[0]).toMatchObject({ type: "ELLIPSE", values: { width: 64 } });
  expect(window.isOpen).toBe(false);
  const typing = await standIn.runPlugin({
    manifest: manifestWith({ ...parametersPlugin.manifest }),
    mainCode: parametersPlugin.code.replace("figma.on('run'", "figma.on('close'"),
  });
  typing.typeParameter("shape", "ell");
  typing.typeParameter("size", "big");
  expect(typing.notes).toEqual([
    { kind: "suggestions", details: { id: "shape", list: ["ellipse"] } },
    { kind: "suggestion-error", details: { id: "size", message: "Enter a number" } },
  ]);
});
