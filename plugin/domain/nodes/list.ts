import { defineNode } from "../define-node.ts";

/** Ordered items of one type; what it feeds runs once for each ticked one (product.md A2.10). */
export const list = defineNode({
  title: "List",
  description: "Ordered items; a node fed by a list runs once for each.",
  task: null,
  inputs: {
    items: {
      label: "Items",
      accepts: ["text", "image", "video", "audio"],
      max: "any",
      isRequired: false,
      onList: "whole",
    },
  },
  output: { port: "items", label: "Items", types: ["text", "image", "video", "audio"] },
  params: {
    items: { control: "items", label: "Items", maxItems: 64, default: [] },
  },
  needsOneOf: ["items"],
  emptyHint: "Add items, or connect something.",
});
