import { defineNode } from "../define-node.ts";

/** Writes prompts, describes pictures, proposes variations (product.md A2.6). */
export const assistant = defineNode({
  title: "Assistant",
  description: "Writes prompts, describes pictures, proposes variations.",
  task: "text",
  inputs: {
    text: { label: "Text", accepts: ["text"], max: "any", isRequired: false, onList: "whole" },
    reference: {
      label: "Reference",
      accepts: ["image", "video"],
      max: "model",
      isRequired: false,
      onList: "whole",
    },
  },
  output: { port: "text", label: "Text", types: ["text"] },
  params: {
    instruction: {
      control: "text",
      label: "Instruction",
      maxCharacters: 8_000,
      placeholder: "What should the assistant write?",
      default: "",
    },
    output: {
      control: "choice",
      label: "Output",
      options: [
        { value: "text", label: "Text" },
        { value: "list", label: "List" },
      ],
      default: "text",
    },
    count: {
      control: "number",
      label: "Items",
      min: 1,
      max: 20,
      step: 1,
      when: { setting: "output", is: "list" },
      default: 4,
    },
    seed: { control: "seed", label: "Seed", default: null },
  },
  needsOneOf: ["instruction", "text", "reference"],
  emptyHint: "Write an instruction, or connect a text or a picture.",
});
