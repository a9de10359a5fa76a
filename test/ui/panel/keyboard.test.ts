import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { imageNode } from "../preview/page/made-up-node.ts";
import { openPreview, type Preview } from "./open-preview.ts";

let preview: Preview;
beforeAll(async () => {
  preview = await openPreview();
});
afterAll(async () => {
  await preview.close();
});

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await preview.page.keyboard.press(key);
  await preview.drawn();
}

/** Presses Tab until nothing new gets the focus; gives the names in their order. */
async function walk(): Promise<string[]> {
  const names: string[] = [];
  for (let count = 0; count < 60; count += 1) {
    await preview.page.keyboard.press("Tab");
    const name = await preview.focused();
    if (name === "" || name === "Panel") break;
    names.push(name);
  }
  return names;
}

describe("with the keyboard alone", () => {
  it("goes through a node from top to bottom, one stop for each row of things", async () => {
    await preview.show("node");
    expect(await walk()).toEqual([
      "Node",
      "Title",
      "Add next node",
      "Connect a node",
      "1. Harbour sketch, References",
      "Prompt",
      "Model: FLUX.2 Pro",
      "Aspect ratio",
      "Images, slider",
      "Images",
      "Seed",
      "New results go",
      "Result 1 of 2 minutes ago: A harbour at dawn, variant 1",
      "Result 2 of 2 minutes ago: A harbour at dawn, variant 2",
      "Result 3 of 2 minutes ago: A harbour at dawn, variant 3",
      "Result 4 of 2 minutes ago: A harbour at dawn, variant 4",
      "Prompt",
      "Result 1 of Yesterday, 17:20: A harbour at dawn, variant 1",
      "Prompt",
      "Generate · 24 credits",
      "Other ways to run",
      "Resize the panel with the arrow keys",
    ]);
  });

  it("shows where the focus is", async () => {
    await preview.show("node");
    for (const name of ["Node", "Title", "Add next node"]) {
      await preview.page.keyboard.press("Tab");
      const ring = await preview.page.evaluate<string[]>(`(() => {
        const { outlineStyle, borderColor } = getComputedStyle(document.activeElement);
        return [outlineStyle, borderColor];
      })()`);
      expect([name, ring[0] === "solid" || ring[1] === "rgb(13, 153, 255)"]).toEqual([name, true]);
    }
  });

  it("changes the tab with arrows, round the ends", async () => {
    await preview.show("node");
    await press("Tab", "ArrowRight");
    expect(await preview.focused()).toMatch(/^Runs/);
    expect(await preview.page.getByRole("tabpanel").getAttribute("id")).toBe("panel-runs");
    await press("ArrowRight", "ArrowRight");
    expect(await preview.focused()).toBe("Node");
    await press("End");
    expect(await preview.page.getByRole("tabpanel").getAttribute("id")).toBe("panel-settings");
  });

  it("moves along the action bar, and opens its menu downwards", async () => {
    await preview.show("node");
    await preview.page.getByRole("button", { name: "Add next node" }).focus();
    await press("ArrowRight");
    expect(await preview.focused()).toBe("Duplicate");
    await press("Enter", "Home", "ArrowDown");
    expect(await preview.focused()).toBe("Image Upscaler");
    await press("v", "Enter");
    expect(await preview.calls()).toEqual([
      ["act", "node-1", "duplicate"],
      ["addNode", "video-generator", "node-1"],
    ]);
    expect(await preview.focused()).toBe("Add next node");
  });

  it("walks a menu, passes over nothing, and comes back on Escape and Tab", async () => {
    await preview.show("node");
    const more = preview.page.getByRole("button", { name: "Other ways to run" });
    for (const leave of ["Escape", "Tab"]) {
      await more.focus();
      await press("Enter");
      expect(await preview.focused()).toBe("This node only");
      await press("ArrowUp");
      expect(await preview.focused()).toMatch(/^Run again/);
      await press("Home", "ArrowDown", "ArrowDown", "ArrowDown", "Enter");
      expect(await preview.focused()).toBe(
        "Run selected Select several nodes on the canvas first.",
      );
      await press(leave);
      expect(await preview.page.getByRole("menu").count()).toBe(0);
      const expected =
        leave === "Escape" ? "Other ways to run" : "Resize the panel with the arrow keys";
      expect(await preview.focused()).toBe(expected);
    }
    expect(await preview.calls()).toEqual([]);
  });

  it("begins the model menu at the chosen model", async () => {
    await preview.show("node");
    await preview.page.getByRole("button", { name: /^Model:/ }).focus();
    await press("Space");
    expect(await preview.focused()).toMatch(/^FLUX\.2 Pro/);
    const unfit = preview.page.getByRole("menuitemradio", { name: /^Imagen 4/ });
    expect(await unfit.getAttribute("aria-disabled")).toBe("true");
    expect(await unfit.textContent()).toContain("Takes no reference images");
    await press("l", "Enter");
    expect(await preview.calls()).toEqual([["setModel", "node-1", "local:draft"]]);
  });

  it("chooses, moves and disconnects references, and keeps the focus on them", async () => {
    await preview.show("node");
    await preview.page.getByRole("option").first().focus();
    await press("ArrowRight");
    expect(await preview.focused()).toBe("2. Palette, References");
    await press("Alt+ArrowLeft");
    expect(await preview.calls()).toEqual([["moveReference", "node-1", "c2", -1]]);
    const [first, second, third] = imageNode.references;
    const moved = [
      { ...second, number: 1 },
      { ...first, number: 2 },
      { ...third, number: 3 },
    ];
    await preview.changeNode({ references: moved });
    expect(await preview.focused()).toBe("1. Palette, References");
    await press("Delete");
    expect((await preview.calls()).at(-1)).toEqual(["disconnect", "node-1", "c2"]);
    await preview.changeNode({ references: moved.slice(1) });
    expect(await preview.focused()).toBe("2. Harbour sketch, References");
  });

  it("keeps the focus in the plan sheet, closes it on Escape and gives the focus back", async () => {
    await preview.show("node");
    await preview.page.getByRole("button", { name: /^Generate/ }).focus();
    await preview.page.evaluate("preview.change({ plan: preview.plan })");
    await preview.drawn();
    expect(await preview.focused()).toBe("Run 3 nodes");
    const stops = new Set<string>();
    for (let count = 0; count < 8; count += 1) {
      await press("Tab");
      stops.add(await preview.focused());
    }
    expect([...stops].filter((name) => /^(Title|Prompt|Generate)/.test(name))).toEqual([]);
    expect([...stops]).toEqual(expect.arrayContaining(["Close", "Run · at most 184 credits"]));
    await press("Escape");
    expect(await preview.calls()).toEqual([["closePlan"]]);
    expect(await preview.page.getByRole("dialog").count()).toBe(1);
    await preview.change({ plan: null });
    expect(await preview.focused()).toBe("Generate · 24 credits");
  });

  it("makes the panel larger and smaller from its corner", async () => {
    await preview.show("node");
    await preview.page.getByRole("button", { name: /^Resize/ }).focus();
    await press("ArrowRight", "ArrowUp");
    expect(await preview.calls()).toEqual([
      ["resizeBy", 20, 0],
      ["resizeBy", 0, -20],
    ]);
  });

  it("says how a node stands once, not at every percent", async () => {
    await preview.show("node-running");
    const status = preview.page.getByRole("status", { name: "Node" });
    expect(await status.textContent()).toBe("Hero image: Running");
    await preview.changeNode({ status: { kind: "running", text: "Running · 41 %", done: 0.41 } });
    expect(await status.textContent()).toBe("Hero image: Running");
    await preview.changeNode({ status: { kind: "failed", text: "Failed", done: null } });
    expect(await status.textContent()).toBe("Hero image: Failed");
  });
});
