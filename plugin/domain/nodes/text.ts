import { defineNode } from "../define-node.ts";

/** A prompt or note, written by hand (product.md A2.3; 10,000 characters by A17). */
export const text = defineNode({
  title: "Text",
  description: "A prompt or note that other nodes use.",
  task: null,
  inputs: {},
  output: { port: "text", label: "Text", types: ["text"] },
  params: {
    text: {
      control: "text",
      label: "Text",
      maxCharacters: 10_000,
      placeholder: "Write a prompt or a note.",
      default: "",
    },
  },
  needsOneOf: ["text"],
  emptyHint: "Write a text.",
});
