import { requiredAssetAt, textSetting, type Runner } from "./runner.ts";

/** Asks an upscaler for a larger picture. */
export const runImageUpscaler: Runner = (input) => ({
  task: "upscale",
  settings: input.settings,
  image: requiredAssetAt(input, "image"),
  scale: Number(textSetting(input, "scale")),
});
