import { defineNode } from "../define-node.ts";

/** Makes speech, music or effects from a script or description (product.md A2.9; scripts to 5,000 by A17). */
export const audioGenerator = defineNode({
  title: "Audio Generator",
  description: "Makes speech, music or sound effects from a script or a description.",
  task: "audio",
  inputs: {
    prompt: { label: "Script", accepts: ["text"], max: "any", isRequired: false, onList: "each" },
  },
  output: { port: "audio", label: "Sound", types: ["audio"] },
  params: {
    prompt: {
      control: "text",
      label: "Script",
      maxCharacters: 5_000,
      placeholder: "Write what is said, or describe the sound.",
      default: "",
    },
    seed: { control: "seed", label: "Seed", default: null },
  },
  needsOneOf: ["prompt"],
  emptyHint: "Write a script, or connect a text.",
});
