import { defineNode } from "../define-node.ts";

/** Brings in a file of one's own (product.md A2.1). */
export const upload = defineNode({
  title: "Upload",
  description: "Your own image, video or sound.",
  task: null,
  inputs: {},
  output: { port: "file", label: "File", types: ["image", "video", "audio"] },
  params: {
    asset: {
      control: "asset",
      label: "File",
      accepts: ["image", "video", "audio"],
      default: null,
    },
  },
  needsOneOf: ["asset"],
  emptyHint: "Choose a file to upload.",
});
