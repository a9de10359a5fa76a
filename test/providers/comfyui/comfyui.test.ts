import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { WorkflowRole } from "#domain/workflow";
import { createEgress } from "../../../server/egress.ts";
import { readApiGraph, type ApiGraph } from "../../../server/providers/comfyui/api-graph.ts";
import { openComfyUi } from "../../../server/providers/comfyui/index.ts";
import { readWorkflow } from "../../../server/providers/comfyui/read-workflow.ts";
import type { KeptWorkflow } from "../../../server/providers/comfyui/workflow-model.ts";
import type { ModelRequest, ProviderCall } from "../../../server/providers/provider.ts";
import { VirtualClock } from "../../chaos/virtual-clock.ts";
import { describeShared } from "../../helpers/shared-folder.ts";
import { openFaultServer } from "../../helpers/fault-server.ts";
import { imageRequest, picture } from "../request-parts.ts";
import { failureOf } from "../vendor-world.ts";
import { ComfyStandIn } from "./comfy-stand-in.ts";

const graph: ApiGraph = {
  "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "base.safetensors" } },
  "2": {
    class_type: "CLIPTextEncode",
    inputs: { text: "a cat", clip: ["1", 1] },
    _meta: { title: "Positive" },
  },
  "3": { class_type: "CLIPTextEncode", inputs: { text: "ugly", clip: ["1", 1] } },
  "4": {
    class_type: "KSampler",
    inputs: {
      seed: 5,
      steps: 20,
      cfg: 7.5,
      model: ["1", 0],
      positive: ["2", 0],
      negative: ["3", 0],
      latent_image: ["6", 0],
    },
  },
  "5": { class_type: "LoadImage", inputs: { image: "example.png" } },
  "6": { class_type: "VAEEncode", inputs: { pixels: ["5", 0], vae: ["1", 2] } },
  "7": { class_type: "VAEDecode", inputs: { samples: ["4", 0], vae: ["1", 2] } },
  "8": { class_type: "SaveImage", inputs: { images: ["7", 0], filename_prefix: "out" } },
};
const info = {
  CheckpointLoaderSimple: { input: { required: { ckpt_name: [["base.safetensors"]] } } },
  CLIPTextEncode: { input: { required: { text: ["STRING", { multiline: true }] } } },
  KSampler: {
    input: {
      required: {
        seed: ["INT", { min: 0, max: 1e18 }],
        steps: ["INT", { default: 20, min: 1, max: 100 }],
        cfg: ["FLOAT", { min: 0, max: 100, step: 0.1 }],
      },
    },
  },
  LoadImage: { input: { required: { image: [["example.png"], { image_upload: true }] } } },
  VAEEncode: {},
  VAEDecode: {},
  SaveImage: { output_node: true },
};
const bound = (node: string, input: string, role: WorkflowRole) => ({
  node,
  input,
  label: `${node} ${input}`,
  role,
});
const workflow: KeptWorkflow = {
  id: "w1",
  title: "My workflow",
  revision: 1,
  output: "8",
  graph,
  inputs: [
    bound("2", "text", "prompt"),
    bound("4", "seed", "seed"),
    bound("4", "steps", "setting"),
    bound("4", "cfg", "setting"),
    bound("5", "image", "reference"),
  ],
};

async function open(changes: { readonly isThere?: boolean } = {}) {
  const comfy = new ComfyStandIn();
  comfy.info = info;
  const server = await openFaultServer(comfy.behave);
  const clock = new VirtualClock();
  const egress = createEgress({ clock, ownOrigins: [server.origin], note: () => undefined });
  onTestFinished(async () => {
    await egress.close();
    await server.close();
  });
  const ui = openComfyUi({
    egress,
    clock,
    origin: changes.isThere === false ? null : server.origin,
    workflows: {
      list: () => Promise.resolve([workflow]),
      find: (id) => Promise.resolve(id === workflow.id ? workflow : null),
    },
  });
  await ui.provider.refresh?.();
  const call = (request: ModelRequest): ProviderCall => ({
    reference: "0123456789abcdef0123456789abcdef",
    model: "comfyui:w1",
    request,
    seed: 42,
    key: null,
    hookPath: null,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return { ui, comfy, server, call };
}
const request = imageRequest(
  { "4.steps": 30, "4.cfg": 6.5 },
  { prompt: "a dog", references: [picture()] },
);
const using = { key: null, signal: new AbortController().signal };

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
    const { ui } = await open();
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
    const { ui } = await open({ isThere: false });
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

describe("ComfyUI runs a workflow", () => {
  test("filled with what was asked, under an id of ours, and gives what its node kept", async () => {
    const { ui, comfy, call } = await open();
    const submission = await ui.provider.submit(call(request));
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    const id = "01234567-89ab-cdef-0123-456789abcdef";
    expect(comfy.submitted.get(id)).toMatchObject({
      prompt: {
        "2": { inputs: { text: "a dog" } },
        "3": { inputs: { text: "ugly" } },
        "4": { inputs: { seed: 42, steps: 30, cfg: 6.5, model: ["1", 0] } },
        "5": { inputs: { image: `spaces/${"ab".repeat(16)}.png` } },
      },
    });
    expect(await ui.provider.poll!(submission.handle, using)).toEqual({
      kind: "running",
      done: null,
    });
    comfy.finish("8");
    const standing = await ui.provider.poll!(submission.handle, using);
    expect(standing).toMatchObject({ kind: "done", result: { notes: [], billedMicroDollars: 0 } });
    expect(standing.kind === "done" && standing.result.outputs.length).toBe(1);
  });

  test("and one whose answer was lost is found again, waiting or done, with the same result", async () => {
    const { ui, comfy, call } = await open();
    expect(await ui.provider.lookUp!(call(request).reference, using)).toBeNull();
    await ui.provider.submit(call(request));
    const found = await ui.provider.lookUp!(call(request).reference, using);
    comfy.finish("8");
    const later = await ui.provider.lookUp!(call(request).reference, using);
    expect(later).toEqual(found);
    if (found?.kind !== "accepted") throw new Error("It was not found.");
    const standing = await ui.provider.poll!(found.handle, using);
    expect(standing.kind === "done" && standing.result.outputs.length).toBe(1);
  });

  test("keeps its own text and file where nothing is connected, and says so", async () => {
    const { ui, comfy, call } = await open();
    const submission = await ui.provider.submit(call(imageRequest({}, { prompt: "" })));
    comfy.finish("8");
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    const standing = await ui.provider.poll!(submission.handle, using);
    expect(standing).toMatchObject({
      result: {
        notes: [
          '"2 text" kept the workflow\'s own text.',
          '"5 image" kept the workflow\'s own file.',
        ],
      },
    });
  });

  test("is stopped for nothing", async () => {
    const { ui, comfy, call } = await open();
    const submission = await ui.provider.submit(call(request));
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    expect(await ui.provider.cancel!(submission.handle, using)).toBe(true);
    expect(comfy.waiting.size).toBe(0);
  });
});

describe("ComfyUI in trouble", () => {
  test("refuses a workflow: its own words of the node at fault", async () => {
    const { ui, comfy, call } = await open();
    comfy.refuse = {
      status: 400,
      body: {
        error: {
          type: "prompt_outputs_failed_validation",
          message: "Prompt outputs failed",
          details: "",
        },
        node_errors: {
          "4": {
            class_type: "KSampler",
            errors: [{ type: "value_not_in_list", message: "Value not in list", details: "steps" }],
          },
        },
      },
    };
    const failure = await failureOf(ui.provider.submit(call(request)));
    expect(failure.failure.code).toBe("provider-refused");
    expect(failure.failure.message).toContain("KSampler: Value not in list (steps)");
    expect(failure.outcome).toBe("not-billed");
  });

  test("breaks down in the middle: what it said, and that it cost nothing", async () => {
    const { ui, comfy, call } = await open();
    const submission = await ui.provider.submit(call(request));
    comfy.finish("8", "error");
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    const failure = await failureOf(ui.provider.poll!(submission.handle, using));
    expect(failure.failure.message).toContain("KSampler: Out of memory");
    expect([failure.failure.isRetryable, failure.outcome]).toEqual([false, "not-billed"]);
  });

  test("was restarted and knows the job no more", async () => {
    const { ui, comfy, call } = await open();
    const submission = await ui.provider.submit(call(request));
    comfy.restart();
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    const failure = await failureOf(ui.provider.poll!(submission.handle, using));
    expect(failure.failure.message).toContain("restarted");
  });

  test("is gone for a moment: asking again may help", async () => {
    const { ui, server, call } = await open();
    const submission = await ui.provider.submit(call(request));
    await server.close();
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    const failure = await failureOf(ui.provider.poll!(submission.handle, using));
    expect(failure.failure.isRetryable).toBe(true);
  });

  test("was asked for a workflow that was removed", async () => {
    const { ui, call } = await open();
    const failure = await failureOf(ui.provider.submit({ ...call(request), model: "comfyui:w2" }));
    expect(failure.failure.message).toContain("was removed");
  });
});
