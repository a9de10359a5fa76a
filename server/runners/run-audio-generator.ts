import type { Runner } from "./runner.ts";

/** Asks an audio model for a sound. */
export const runAudioGenerator: Runner = (input) => ({
  task: "audio",
  settings: input.settings,
  prompt: input.call.prompt,
});
