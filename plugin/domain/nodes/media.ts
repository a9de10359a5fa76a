import { defineNode } from "../define-node.ts";

/** A picture, clip or sound that is already there: a layer's own, or an earlier result (product.md A2.2). */
export const media = defineNode({
  title: "Media",
  description: "A picture, clip or sound from the file or from earlier results.",
  task: null,
  inputs: {},
  output: { port: "file", label: "File", types: ["image", "video", "audio"] },
  params: {
    asset: {
      control: "asset",
      label: "Media",
      accepts: ["image", "video", "audio"],
      default: null,
    },
  },
  needsOneOf: ["asset"],
  emptyHint: "Pick a layer with a picture, or something from the library.",
});
