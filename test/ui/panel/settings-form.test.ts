import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { everyControl } from "../preview/page/made-up-settings.ts";
import { openPreview, type Preview } from "./open-preview.ts";

let preview: Preview;
beforeAll(async () => {
  preview = await openPreview();
});
beforeEach(async () => {
  await preview.show("node-settings");
});
afterAll(async () => {
  await preview.close();
});

const button = (name: string) => preview.page.getByRole("button", { name, exact: true });
const [spring, summer, sound] = everyControl.find(({ name }) => name === "items")!
  .value as unknown[];

describe("the form of the settings", () => {
  it("chooses and switches", async () => {
    await preview.page.getByRole("combobox", { name: "Style" }).selectOption("ink");
    await preview.page.getByRole("switch", { name: "Seamless tile" }).uncheck({ force: true });
    expect(await preview.calls()).toEqual([
      ["setSetting", "node-1", "style", "ink"],
      ["setSetting", "node-1", "tile", false],
    ]);
  });

  it("shows no choice for a value that is no longer offered, and says so", async () => {
    const style = preview.page.getByRole("combobox", { name: "Style" });
    expect(await style.inputValue()).toBe("");
    expect(await style.getAttribute("aria-invalid")).toBe("true");
    expect(await preview.page.getByText("This model no longer offers the style").count()).toBe(1);
  });

  it("fixes chance at a seed, and lets it go", async () => {
    const kind = preview.page.getByRole("combobox", { name: "Seed" });
    await kind.selectOption("random");
    await preview.page.getByRole("textbox", { name: "Seed number" }).fill("99999999999");
    await kind.focus();
    await preview.show("node");
    await kind.selectOption("fixed");
    expect(await preview.calls()).toEqual([["setSetting", "node-1", "seed", 81_234]]);
  });

  it("keeps a seed inside of what providers take", async () => {
    await preview.page.getByRole("textbox", { name: "Seed number" }).fill("99999999999");
    await preview.page.getByRole("textbox", { name: "Seed number" }).press("Enter");
    expect(await preview.calls()).toEqual([["setSetting", "node-1", "seed", 2_147_483_647]]);
  });

  it("takes a file that was chosen, and one that was dropped", async () => {
    const file = { name: "boat.png", mimeType: "image/png", buffer: Buffer.from("boat") };
    const chooser = preview.page.waitForEvent("filechooser");
    await preview.page.getByRole("button", { name: "File" }).click();
    await (await chooser).setFiles(file);
    await preview.page.evaluate(`(() => {
      const data = new DataTransfer();
      data.items.add(new File(["boat"], "dropped.png", { type: "image/png" }));
      document.querySelector(".drop").dispatchEvent(
        new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
    })()`);
    const names = await preview.page.evaluate(
      "preview.calls.map(([action, node, setting, file]) => [action, node, setting, file.name])",
    );
    expect(names).toEqual([
      ["setFile", "node-1", "asset", "boat.png"],
      ["setFile", "node-1", "asset", "dropped.png"],
    ]);
  });

  it("replaces the file from the action bar", async () => {
    await preview.changeNode({ actions: ["replace"] });
    const chooser = preview.page.waitForEvent("filechooser");
    await button("Replace the file").click();
    expect(await (await chooser).element().getAttribute("accept")).toContain("video/mp4");
    expect(await preview.calls()).toEqual([]);
  });

  it("ticks, types, moves, adds and removes the items of a list", async () => {
    await preview.page.getByRole("checkbox", { name: "Use item 2" }).check({ force: true });
    await preview.page.getByRole("textbox", { name: "Text of item 1" }).fill("Autumn");
    await button("Move item 2 up").click();
    await button("Remove item 3").click();
    await button("Add text").click();
    const set = (items: unknown) => ["setSetting", "node-1", "items", items];
    const empty = { isTicked: true, item: { kind: "text", text: "" } };
    expect(await preview.calls()).toEqual([
      set([spring, { isTicked: true, item: { kind: "text", text: "Summer" } }, sound]),
      set([{ isTicked: true, item: { kind: "text", text: "Autumn" } }, summer, sound]),
      set([summer, spring, sound]),
      set([spring, summer]),
      set([spring, summer, sound, empty]),
    ]);
  });

  it("shows the defaults where a value is of the wrong kind", async () => {
    const fields = everyControl.map((field) => ({
      ...field,
      value: { wrong: true },
      problem: null,
    }));
    await preview.changeNode({ fields });
    expect(preview.problems).toEqual([]);
    expect(await preview.page.getByRole("spinbutton", { name: "Strength" }).inputValue()).toBe(
      "0.5",
    );
    expect(await preview.page.getByRole("combobox", { name: "Style" }).inputValue()).toBe("photo");
    expect(await preview.page.getByRole("combobox", { name: "Seed" }).inputValue()).toBe("random");
    expect(await preview.page.getByText("0 of 0 ticked").count()).toBe(1);
  });
});
