import { assetAt, assetsAt, type Runner } from "./runner.ts";

/** Asks an image model for pictures. */
export const runImageGenerator: Runner = (input) => ({
  task: "image",
  settings: input.settings,
  prompt: input.call.prompt,
  references: assetsAt(input, "references"),
  mask: assetAt(input, "mask"),
  count: input.call.count,
});
