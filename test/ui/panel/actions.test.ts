import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ViewName } from "../preview/page/views.ts";
import { openPreview, type Preview } from "./open-preview.ts";

let preview: Preview;
beforeAll(async () => {
  preview = await openPreview();
});
afterAll(async () => {
  await preview.close();
});

const button = (name: string) => preview.page.getByRole("button", { name, exact: true });
const tab = (name: string) => preview.page.getByRole("tab", { name: new RegExp(`^${name}`) });

/** Presses buttons one behind the other in a state; a name that begins with "tab:" is a tab's. */
async function pressIn(state: ViewName, ...names: string[]): Promise<unknown[][]> {
  await preview.show(state);
  for (const name of names) {
    if (name.startsWith("tab:")) await tab(name.slice(4)).click();
    else if (name.startsWith("item:")) {
      await preview.page.getByRole("menuitem", { name: name.slice(5) }).click();
    } else await button(name).click();
  }
  return preview.calls();
}

describe("what is pressed is done", () => {
  const cases: [ViewName, string[], unknown[][]][] = [
    ["lost", ["Try again"], [["retry"]]],
    ["notices", ["Dismiss"], [["dismiss", "copied"]]],
    [
      "nothing-new",
      ["Storyboard to teaser Frames become a short video with a voice."],
      [["addTemplate", "t3"]],
    ],
    ["nothing", ["Run all"], [["run", { mode: "all" }, false]]],
    ["nothing", ["Accept Arrow 12"], [["accept", ["s2"]]]],
    ["nothing", ["Accept all 2"], [["accept", ["s1", "s2"]]]],
    ["layers", ["List"], [["useSelectionAs", "list"]]],
    [
      "line",
      ["Turn round", "Disconnect"],
      [
        ["turnLine", "line-1"],
        ["removeLine", "line-1"],
      ],
    ],
    ["line-suggestion", ["Use as a connection"], [["accept", ["line-1"]]]],
    [
      "several",
      ["Run selected"],
      [["run", { mode: "selected", nodes: ["n1", "node-1", "n6"] }, false]],
    ],
    ["several", ["Teaser Video Generator"], [["show", ["n6"]]]],
    [
      "node",
      ["Duplicate", "Delete"],
      [
        ["act", "node-1", "duplicate"],
        ["act", "node-1", "delete"],
      ],
    ],
    ["node", ["Connect a node", "item:Headline"], [["connect", "n8", "node-1"]]],
    [
      "node",
      ["Other ways to run", "item:Run from here"],
      [["run", { mode: "from-here", node: "node-1" }, false]],
    ],
    [
      "node",
      ["Other ways to run", "item:Run again"],
      [["run", { mode: "this-node", node: "node-1" }, true]],
    ],
    [
      "node",
      ["Result 2 of 2 minutes ago: A harbour at dawn, variant 2", "item:Place on the canvas"],
      [["placeAgain", "version-2", 1]],
    ],
    [
      "node",
      ["Result 1 of 2 minutes ago: A harbour at dawn, variant 1", "item:Show on the canvas"],
      [["show", ["layer-2"]]],
    ],
    [
      "node",
      ["Result 4 of 2 minutes ago: A harbour at dawn, variant 4", "item:Download"],
      [["download", "version-2", 3]],
    ],
    ["node-running", ["Stop the run"], [["cancelRun", "run-3"]]],
    ["node-busy", [], []],
    ["plan", ["Run · at most 184 credits"], [["confirmPlan"]]],
    ["plan", ["Close"], [["closePlan"]]],
    ["node", ["tab:Runs", "Stop the run of Just now"], [["cancelRun", "run-3"]]],
    ["node", ["tab:Runs", "Headlines"], [["show", ["n1"]]]],
    ["node", ["tab:Settings", "Disconnect from this relay"], [["unpair"]]],
  ];
  it.each(cases)("%s: %j", async (state, names, expected) => {
    expect(await pressIn(state, ...names)).toEqual(expected);
    expect(preview.problems).toEqual([]);
  });

  it("pairs with the address and the code as they are typed, by Enter too", async () => {
    await preview.show("unpaired");
    expect(await button("Connect").isDisabled()).toBe(true);
    await preview.page.getByRole("textbox", { name: "Pairing code" }).fill(" 123-456 ");
    await preview.page.getByRole("textbox", { name: "Pairing code" }).press("Enter");
    expect(await preview.calls()).toEqual([["pair", "http://localhost:4517", "123-456"]]);
  });

  it("finds types of node by their words", async () => {
    await preview.show("nothing-new");
    const search = preview.page.getByPlaceholder("Search types of node");
    await search.fill("upscal");
    const found = preview.page.getByRole("list", { name: "Types of node" }).getByRole("button");
    expect(await found.count()).toBe(1);
    await found.click();
    expect(await preview.calls()).toEqual([["addNode", "image-upscaler", null]]);
    await search.fill("zzz");
    expect(await preview.page.getByText("No type of node has these words").count()).toBe(1);
  });

  it("moves the chosen reference and changes the input that it enters", async () => {
    await preview.show("node");
    await preview.page.getByRole("option", { name: /Palette/ }).click();
    await button("Move behind").click();
    await preview.page.getByRole("combobox", { name: "Enters at" }).selectOption("style");
    await button("Disconnect").click();
    expect(await preview.calls()).toEqual([
      ["moveReference", "node-1", "c2", 1],
      ["choosePort", "c2", "style"],
      ["disconnect", "node-1", "c2"],
    ]);
  });

  it("does what a notice offers", async () => {
    await preview.show("notices");
    await button("Place again").click();
    expect(await preview.page.locator("body").getAttribute("data-acted")).toBe("place");
  });

  it("follows the corner as it is dragged", async () => {
    await preview.show("node");
    const { x, y } = (await button("Resize the panel with the arrow keys").boundingBox())!;
    await preview.page.mouse.move(x + 6, y + 6);
    await preview.page.mouse.down();
    await preview.page.mouse.move(x - 24, y + 2);
    await preview.page.mouse.up();
    await preview.page.mouse.move(x - 90, y - 90);
    expect(await preview.calls()).toEqual([["resizeBy", -30, -4]]);
  });
});

describe("what cannot be done is grey and says why", () => {
  it("a run that lacks something", async () => {
    await preview.show("node-empty");
    const run = button("Generate · 24 credits");
    expect(await run.isDisabled()).toBe(true);
    const describer = await run.getAttribute("aria-describedby");
    const words = await preview.page.locator(`[id="${describer}"]`).textContent();
    expect(words).toBe("Describe the image you want to generate, or connect an image.");
  });

  it("a plan that costs too much", async () => {
    await preview.show("plan-refused");
    expect(await button("Run · at most 184 credits").isDisabled()).toBe(true);
    expect(await preview.page.getByRole("alert").textContent()).toContain("You have 40 credits");
  });

  it("everything that changes a file that may only be looked at", async () => {
    await preview.show("read-only");
    await preview.page.getByRole("option", { name: /Palette/ }).click();
    await preview.page.keyboard.press("Delete");
    await preview.page.keyboard.press("Alt+ArrowLeft");
    expect(await preview.calls()).toEqual([]);
    const enabled = await preview.page.evaluate<string[]>(`
      [...document.querySelectorAll(".tab-panel :is(button, select, input, textarea)")]
        .filter((control) => !control.disabled && !control.readOnly)
        .map((control) => control.getAttribute("aria-label") ?? control.textContent)`);
    expect(enabled).toEqual([
      "Show on the canvas",
      "Download",
      "2. Palette",
      ...[1, 2, 3, 4].map((n) => `Result ${n} of 2 minutes ago: A harbour at dawn, variant ${n}`),
      "Result 1 of Yesterday, 17:20: A harbour at dawn, variant 1",
    ]);
  });
});
