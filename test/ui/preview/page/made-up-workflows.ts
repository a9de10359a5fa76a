import type { WorkflowsView } from "../../../../ui/workflows-view.ts";

/** Two workflows that the team keeps. */
export const madeUpWorkflows: WorkflowsView = {
  list: [
    { id: "w1", title: "Product on a table" },
    { id: "w2", title: "Upscale with details" },
  ],
  problem: null,
  draft: null,
};

/** A workflow that is being added, with something missing on the server. */
export const workflowDraft: WorkflowsView = {
  ...madeUpWorkflows,
  problem: "ComfyUI does not answer. Start it, then try again.",
  draft: {
    title: "Portrait in the style of a reference",
    read: {
      inputs: [
        {
          node: "6",
          input: "text",
          label: "CLIP Text Encode (Prompt): text",
          value: "a portrait in oil, warm light",
          roles: ["prompt", "fixed", "setting"],
        },
        {
          node: "3",
          input: "seed",
          label: "KSampler: seed",
          value: "156680208700286",
          roles: ["seed", "fixed", "setting"],
        },
        {
          node: "10",
          input: "image",
          label: "Load Image: image",
          value: "example.png",
          roles: ["reference", "first", "last", "mask", "fixed"],
        },
        {
          node: "3",
          input: "steps",
          label: "KSampler: steps",
          value: "20",
          roles: ["fixed", "setting"],
        },
      ],
      outputs: [
        { node: "9", label: "Save Image", kind: "image" },
        { node: "12", label: "Preview Image", kind: "image" },
      ],
      problems: ['ComfyUI has no "flux1-dev.safetensors" for "Load Checkpoint: ckpt_name".'],
    },
    roles: ["prompt", "seed", "reference", "fixed"],
    output: "9",
    isBusy: false,
  },
};
