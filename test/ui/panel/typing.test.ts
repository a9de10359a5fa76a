import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { imageNode, prompt } from "../preview/page/made-up-node.ts";
import { openPreview, type Preview } from "./open-preview.ts";

let preview: Preview;
beforeAll(async () => {
  preview = await openPreview();
  await preview.page.clock.install();
});
beforeEach(async () => {
  await preview.show("node");
});
afterAll(async () => {
  await preview.close();
});

const field = (name: string) => preview.page.getByRole("textbox", { name, exact: true });
const number = (name: string) => preview.page.getByRole("spinbutton", { name });

describe("text that is typed", () => {
  it("is kept after a pause, and only then", async () => {
    await field("Prompt").fill("A lighthouse");
    await preview.page.clock.runFor(500);
    expect(await preview.calls()).toEqual([]);
    await preview.page.clock.runFor(200);
    expect(await preview.calls()).toEqual([["setSetting", "node-1", "prompt", "A lighthouse"]]);
  });

  it("is kept on leaving the field, before what was pressed to leave it", async () => {
    await field("Prompt").fill("A lighthouse");
    await preview.page.getByRole("button", { name: /^Generate/ }).click();
    expect(await preview.calls()).toEqual([
      ["setSetting", "node-1", "prompt", "A lighthouse"],
      ["run", { mode: "this-node", node: "node-1" }, false],
    ]);
  });

  it("is kept for its own node when another node is selected meanwhile", async () => {
    await field("Prompt").fill("A lighthouse");
    await preview.changeNode({ id: "node-2", prompt: { ...prompt, value: "Other" } });
    expect(await preview.calls()).toEqual([["setSetting", "node-1", "prompt", "A lighthouse"]]);
    expect(await field("Prompt").inputValue()).toBe("Other");
  });

  it("is kept when its field goes away without a word", async () => {
    await preview.page.evaluate(`(() => {
      const area = document.querySelector("textarea");
      area.value = "A lighthouse";
      area.dispatchEvent(new Event("input", { bubbles: true }));
    })()`);
    await preview.changeNode({ id: "node-2" });
    expect(await preview.calls()).toEqual([["setSetting", "node-1", "prompt", "A lighthouse"]]);
  });

  it("is not overwritten by what arrives while it is typed", async () => {
    await field("Prompt").fill("A lighthouse");
    await preview.changeNode({ prompt: { ...prompt, value: "From elsewhere" } });
    expect(await field("Prompt").inputValue()).toBe("A lighthouse");
  });

  it("makes room for what arrives when nobody types", async () => {
    await field("Prompt").focus();
    await preview.changeNode({ prompt: { ...prompt, value: "From elsewhere" } });
    expect(await field("Prompt").inputValue()).toBe("From elsewhere");
    expect(await preview.calls()).toEqual([]);
  });

  it("is counted, not cut, when it is too long", async () => {
    await field("Prompt").fill("x".repeat(8_001));
    expect(await preview.page.getByText("8,001 of 8,000 characters").count()).toBe(1);
    await field("Prompt").blur();
    expect(String((await preview.calls())[0]?.[3]).length).toBe(8_001);
  });
});

describe("the title", () => {
  it("is renamed by Enter, without the spaces around it", async () => {
    await field("Title").fill("  Night harbour ");
    await field("Title").press("Enter");
    expect(await preview.calls()).toEqual([["rename", "node-1", "Night harbour"]]);
  });

  it("stays as it was on Escape, and when nothing is left of it", async () => {
    await field("Title").fill("Other");
    await field("Title").press("Escape");
    expect(await field("Title").inputValue()).toBe("Hero image");
    await field("Title").fill("   ");
    await field("Title").blur();
    expect(await field("Title").inputValue()).toBe("Hero image");
    expect(await preview.calls()).toEqual([]);
  });
});

describe("a number", () => {
  it("is kept on a step between its ends", async () => {
    await number("Images").fill("99");
    await number("Images").press("Enter");
    await number("Images").fill("2.4");
    await number("Images").blur();
    expect(await preview.calls()).toEqual([
      ["setSetting", "node-1", "count", 10],
      ["setSetting", "node-1", "count", 2],
    ]);
  });

  it("shows its value again when what was typed is no number, or comes to the same", async () => {
    for (const typed of ["many", "4.2"]) {
      await number("Images").fill(typed);
      await number("Images").blur();
      expect(await number("Images").inputValue()).toBe("4");
    }
    expect(await preview.calls()).toEqual([]);
  });

  it("is stepped by arrows and by buttons, and slid", async () => {
    await number("Images").press("ArrowUp");
    await preview.page.getByRole("button", { name: "Less: Images" }).click();
    await preview.page.getByRole("slider").fill("7");
    expect(await preview.calls()).toEqual([
      ["setSetting", "node-1", "count", 5],
      ["setSetting", "node-1", "count", 3],
      ["setSetting", "node-1", "count", 7],
    ]);
  });

  it("stops at its ends", async () => {
    const [ratio, count] = imageNode.fields;
    await preview.changeNode({ fields: [ratio, { ...count, value: 10 }] });
    await number("Images").press("ArrowUp");
    expect(await preview.page.getByRole("button", { name: "More: Images" }).isDisabled()).toBe(
      true,
    );
    expect(await preview.calls()).toEqual([]);
  });
});
