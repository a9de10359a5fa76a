import { defineNode } from "../define-node.ts";

/** Makes a clip from a prompt, frames, references and sound (product.md A2.5). */
export const videoGenerator = defineNode({
  title: "Video Generator",
  description: "Makes a clip from a prompt, first and last frames, references or sound.",
  task: "video",
  inputs: {
    prompt: { label: "Prompt", accepts: ["text"], max: "any", isRequired: false, onList: "each" },
    first: {
      label: "First frame",
      accepts: ["image"],
      max: 1,
      isRequired: false,
      onList: "each",
    },
    last: { label: "Last frame", accepts: ["image"], max: 1, isRequired: false, onList: "each" },
    references: {
      label: "References",
      accepts: ["image", "video"],
      max: "model",
      isRequired: false,
      onList: "whole",
    },
    audio: { label: "Sound", accepts: ["audio"], max: 1, isRequired: false, onList: "each" },
  },
  output: { port: "video", label: "Video", types: ["video"] },
  params: {
    prompt: {
      control: "text",
      label: "Prompt",
      maxCharacters: 8_000,
      placeholder: "Describe what happens in the clip.",
      default: "",
    },
    count: { control: "number", label: "Clips", min: 1, max: 4, step: 1, default: 1 },
    seed: { control: "seed", label: "Seed", default: null },
  },
  needsOneOf: ["prompt", "first", "last", "references"],
  emptyHint: "Describe the clip, or connect an image.",
});
