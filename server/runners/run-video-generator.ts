import { assetAt, assetsAt, type Runner } from "./runner.ts";

/** Asks a video model for clips. */
export const runVideoGenerator: Runner = (input) => ({
  task: "video",
  settings: input.settings,
  prompt: input.call.prompt,
  first: assetAt(input, "first"),
  last: assetAt(input, "last"),
  references: assetsAt(input, "references"),
  audio: assetAt(input, "audio"),
  count: input.call.count,
});
