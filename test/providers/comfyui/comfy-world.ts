import { onTestFinished } from "vitest";
import type { WorkflowRole } from "#domain/workflow";
import { createEgress } from "../../../server/egress.ts";
import type { ApiGraph } from "../../../server/providers/comfyui/api-graph.ts";
import { openComfyUi } from "../../../server/providers/comfyui/index.ts";
import type { KeptWorkflow } from "../../../server/providers/comfyui/workflow-model.ts";
import type { ModelRequest, ProviderCall } from "../../../server/providers/provider.ts";
import { VirtualClock } from "../../chaos/virtual-clock.ts";
import { openFaultServer } from "../../helpers/fault-server.ts";
import { imageRequest, picture } from "../request-parts.ts";
import { ComfyStandIn } from "./comfy-stand-in.ts";

/** A workflow from a picture to a picture. */
export const graph: ApiGraph = {
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
/** What a server says that has everything for it. */
export const info = {
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
/** The workflow with what was chosen of it. */
export const workflow: KeptWorkflow = {
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

/** The provider of the workflow over a stand-in; closed at the end of the test. */
export async function openWorkflow(changes: { readonly isThere?: boolean } = {}) {
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
/** A request that fills everything. */
export const request = imageRequest(
  { "4.steps": 30, "4.cfg": 6.5 },
  { prompt: "a dog", references: [picture()] },
);
/** What questions are asked with. */
export const using = { key: null, signal: new AbortController().signal };
