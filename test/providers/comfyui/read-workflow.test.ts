import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readApiGraph } from "../../../server/providers/comfyui/api-graph.ts";
import { readWorkflow } from "../../../server/providers/comfyui/read-workflow.ts";
import { describeShared } from "../../helpers/shared-folder.ts";
import { graph, info, openWorkflow } from "./comfy-world.ts";

describe("a workflow", () => {
  test("proposes its prompt, seed and pictures, and keeps the rest as it is", () => {
    const { inputs, outputs, problems } = readWorkflow(graph, info);
    const proposed = Object.fromEntries(
      inputs.map(({ node, input, roles }) => [`${node}.${input}`, roles[0]]),
    );
    expect(proposed).toEqual({
      "1.ckpt_name": "fixed",
      "2.text": "prompt",
      "3.text": "fixed",
      "4.seed": "seed",
      "4.steps": "fixed",
      "4.cfg": "fixed",
      "5.image": "reference",
      "8.filename_prefix": "fixed",
    });
    expect(outputs).toEqual([{ node: "8", label: "SaveImage", kind: "image" }]);
    expect(problems).toEqual([]);
  });

  test("says what the server lacks to run it", () => {
    const { VAEDecode, ...without } = info;
    expect(VAEDecode).toBeDefined();
    const missing = {
      ...without,
      CheckpointLoaderSimple: { input: { required: { ckpt_name: [["other.safetensors"]] } } },
    };
    expect(readWorkflow(graph, missing).problems).toEqual([
      'ComfyUI has no "base.safetensors" for "CheckpointLoaderSimple: ckpt_name".',
      'ComfyUI has no node "VAEDecode". Install what brings it, then read this again.',
    ]);
  });

  test.each([
    [{ nodes: [], links: [] }, /Export \(API\)/],
    [[], /no workflow/],
    [{}, /no workflow/],
    [{ "1": { inputs: {} } }, /at "1.class_type"/],
    [null, /no workflow/],
  ])("that is none is refused in a sentence", (value, sentence) => {
    expect(readApiGraph(value)).toMatch(sentence);
  });

  test("is a model with its settings, in the ranges of the server", async () => {
    const { ui } = await openWorkflow();
    const [model] = ui.provider.models();
    expect(model).toMatchObject({
      id: "comfyui:w1",
      task: "image",
      inputs: { prompt: 99, references: 1 },
      unavailable: null,
    });
    expect(model?.params["4.steps"]).toMatchObject({ min: 1, max: 100, step: 1, default: 20 });
    expect(model?.params["4.cfg"]).toMatchObject({ control: "number", default: 7.5, step: 0.1 });
  });

  test("says so where there is no server", async () => {
    const { ui } = await openWorkflow({ isThere: false });
    expect(ui.provider.models()[0]?.unavailable).toContain("SPACES_COMFYUI_URL");
  });
});

describeShared("workflows that people published", "fixtures/graphs", (folder) => {
  const read = async (name: string) =>
    readApiGraph(JSON.parse(await readFile(join(folder, name), "utf8")));

  test.each([
    [
      "replicate--examples-api-workflows-animatediff.json",
      "video",
      ["prompt", "reference", "seed"],
    ],
    [
      "replicate--examples-api-workflows-flux-pulid-with-attn-mask-api.json",
      "image",
      ["prompt", "reference", "seed"],
    ],
  ])("in API format propose what is filled: %s", async (name, kind, roles) => {
    const found = await read(name);
    if (typeof found === "string") throw new Error(found);
    const { inputs, outputs } = readWorkflow(found, null);
    const proposed = new Set(
      inputs.map((input) => input.roles[0]).filter((role) => role !== "fixed"),
    );
    expect([...proposed].sort()).toEqual(roles);
    expect(outputs.map((output) => output.kind)).toContain(kind);
  });

  test.each([
    "cubiq--basic-basic-workflow.json",
    "comfyanonymous--cosmos-image-to-video-cosmos-7b.json",
    "replicate--examples-ui-workflows-kj-iclight-ui.json",
  ])("that are drawings of the editor are refused with what to do: %s", async (name) => {
    expect(await read(name)).toMatch(/Export \(API\)/);
  });
});
