import { describe, expect, test } from "vitest";
import type { Node } from "#domain/graph";
import type { Model } from "#domain/model";
import type { NodeType } from "#domain/nodes/index";
import { effectiveSettings, modelFor } from "#domain/settings";
import { fakeModel } from "../helpers/fake-provider.ts";

const nodeOf = (type: NodeType, settings: Node["settings"] = {}, model: string | null = null) => {
  return { id: "n", type, title: "n", model, settings, isLocked: false };
};

describe("the settings that a node runs with", () => {
  test("are the defaults where nothing was set", () => {
    expect(effectiveSettings(nodeOf("image-generator"), null)).toEqual({
      settings: { prompt: "", count: 1, seed: null },
      issues: [],
    });
  });

  test("leave out what another setting hides, and do not check it", () => {
    const hidden = effectiveSettings(nodeOf("assistant", { output: "text", count: 99 }), null);
    expect(hidden.settings).not.toHaveProperty("count");
    expect(hidden.issues).toEqual([]);
    const shown = effectiveSettings(nodeOf("assistant", { output: "list", count: 7 }), null);
    expect(shown.settings).toMatchObject({ output: "list", count: 7 });
  });

  test.each([
    ["image-generator", { count: 11 }, "count", "Images must be from 1 to 10 in steps of 1."],
    ["image-generator", { count: 1.5 }, "count", "Images must be from 1 to 10 in steps of 1."],
    ["image-generator", { count: "two" }, "count", "Images must be from 1 to 10 in steps of 1."],
    [
      "camera-angles",
      { verticalDegrees: 91 },
      "verticalDegrees",
      "Height must be from -30° to 90° in steps of 1°.",
    ],
    ["image-upscaler", { scale: "3" }, "scale", "Scale must be one of 2x, 4x, 8x, 16x."],
    [
      "image-generator",
      { seed: -1 },
      "seed",
      "Seed must be empty or a whole number from 0 to 2147483647.",
    ],
    [
      "text",
      { text: "x".repeat(10_001) },
      "text",
      "Text must be a text of at most 10000 characters.",
    ],
    ["upload", { asset: "x.png" }, "asset", "File must be a file that was uploaded."],
    ["list", { items: [1] }, "items", "Items must be at most 64 texts or files."],
  ] as const)("of %s refuse %o by naming what is allowed", (type, stored, setting, message) => {
    const node = nodeOf(type, stored as unknown as Node["settings"]);
    const { settings, issues } = effectiveSettings(node, null);
    expect(issues).toEqual([{ code: "setting-invalid", nodeId: "n", setting, message }]);
    expect(settings[setting]).toEqual(effectiveSettings(nodeOf(type), null).settings[setting]);
  });

  test("refuse a name that nobody declares, also one that every object has", () => {
    const { issues } = effectiveSettings(nodeOf("text", { text: "a", constructor: 1 }), null);
    expect(issues.map((issue) => issue.message)).toEqual(['Text has no setting "constructor".']);
  });

  test("know the params of the model, whose word holds", () => {
    const model = fakeModel("image", {
      title: "Two at most",
      params: {
        count: { control: "number", label: "Images", min: 1, max: 2, step: 1, default: 2 },
        style: {
          control: "choice",
          label: "Style",
          options: [{ value: "a", label: "A" }],
          default: "a",
        },
      },
    });
    const node = nodeOf("image-generator", { count: 3, colour: "red" });
    const { settings, issues } = effectiveSettings(node, model);
    expect(settings).toMatchObject({ count: 2, style: "a" });
    expect(issues.map((issue) => issue.message)).toEqual([
      "Images must be from 1 to 2 in steps of 1.",
      'Two at most has no setting "colour".',
    ]);
  });

  test("hide what hangs on a hidden setting, and end where two hide each other", () => {
    const when = (setting: string) => ({ when: { setting, is: true } });
    const model = fakeModel("image", {
      params: {
        top: { control: "switch", label: "Top", default: false },
        middle: { control: "switch", label: "Middle", default: true, ...when("top") },
        low: { control: "switch", label: "Low", default: true, ...when("middle") },
        one: { control: "switch", label: "One", default: true, ...when("other") },
        other: { control: "switch", label: "Other", default: true, ...when("one") },
      },
    });
    expect(Object.keys(effectiveSettings(nodeOf("image-generator"), model).settings)).toEqual([
      "prompt",
      "count",
      "seed",
      "top",
    ]);
    const open = effectiveSettings(nodeOf("image-generator", { top: true }), model);
    expect(Object.keys(open.settings)).toContain("low");
  });
});

describe("the model of a node", () => {
  const closed: Model = fakeModel("image", { id: "a:closed", unavailable: "It needs a key." });
  const open: Model = fakeModel("image", { id: "b:open" });

  test("is the one that it names, also when it cannot run", () => {
    expect(modelFor(nodeOf("image-generator", {}, "a:closed"), [closed, open])).toBe(closed);
  });

  test("is else the first of its task that can run, else the first of its task", () => {
    expect(modelFor(nodeOf("image-generator"), [closed, open])).toBe(open);
    expect(modelFor(nodeOf("image-generator"), [fakeModel("text"), closed])).toBe(closed);
  });

  test("is none for a source, an unknown name or a task without models", () => {
    expect(modelFor(nodeOf("text"), [open])).toBeNull();
    expect(modelFor(nodeOf("image-generator", {}, "x:gone"), [open])).toBeNull();
    expect(modelFor(nodeOf("video-generator"), [open])).toBeNull();
  });
});
