import { defineNode } from "../define-node.ts";

/** Makes images from a prompt, reference images or both (product.md A2.4). */
export const imageGenerator = defineNode({
  title: "Image Generator",
  description: "Makes images from a prompt, reference images or both.",
  task: "image",
  inputs: {
    prompt: { label: "Prompt", accepts: ["text"], max: "any", isRequired: false, onList: "each" },
    references: {
      label: "References",
      accepts: ["image"],
      max: "model",
      isRequired: false,
      onList: "each",
    },
    mask: { label: "Mask", accepts: ["image"], max: 1, isRequired: false, onList: "each" },
  },
  output: { port: "image", label: "Image", types: ["image"] },
  params: {
    prompt: {
      control: "text",
      label: "Prompt",
      maxCharacters: 8_000,
      placeholder: "Describe the image you want to generate.",
      default: "",
    },
    count: {
      control: "number",
      label: "Images",
      min: 1,
      max: 10,
      step: 1,
      default: 1,
    },
    seed: { control: "seed", label: "Seed", default: null },
  },
  needsOneOf: ["prompt", "references"],
  emptyHint: "Describe the image you want to generate.",
});
