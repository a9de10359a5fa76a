import { defineNode } from "../define-node.ts";

/** Enlarges an image (product.md A2.7, A15). Takes no text: a creative prompt is typed in the settings. */
export const imageUpscaler = defineNode({
  title: "Image Upscaler",
  description: "Enlarges an image.",
  task: "upscale",
  inputs: {
    image: { label: "Image", accepts: ["image"], max: 1, isRequired: true, onList: "each" },
  },
  output: { port: "image", label: "Image", types: ["image"] },
  params: {
    scale: {
      control: "choice",
      label: "Scale",
      options: [
        { value: "2", label: "2x" },
        { value: "4", label: "4x" },
        { value: "8", label: "8x" },
        { value: "16", label: "16x" },
      ],
      default: "2",
    },
  },
  needsOneOf: [],
  emptyHint: "Connect an image to upscale.",
});
