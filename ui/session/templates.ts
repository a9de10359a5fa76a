import type { NodeType } from "#domain/nodes/index";

/** A flow to start with: nodes in a row, each feeding the next. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly nodes: readonly NodeType[];
}

/** The flows that are offered where nothing is selected. */
export const templates: readonly Template[] = [
  {
    id: "picture",
    title: "Text to image",
    description: "A text as the prompt of an image.",
    nodes: ["text", "image-generator"],
  },
  {
    id: "large-picture",
    title: "Text to large image",
    description: "An image from a text, then enlarged.",
    nodes: ["text", "image-generator", "image-upscaler"],
  },
  {
    id: "remake",
    title: "Remake a picture",
    description: "An assistant describes a picture, and a new one is made from its words.",
    nodes: ["media", "assistant", "image-generator"],
  },
];
