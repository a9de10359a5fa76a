import { numberSetting, requiredAssetAt, type Runner } from "./runner.ts";

/** Asks for a picture from another position of the camera. */
export const runCameraAngles: Runner = (input) => ({
  task: "camera",
  settings: input.settings,
  image: requiredAssetAt(input, "image"),
  horizontalDegrees: numberSetting(input, "horizontalDegrees"),
  verticalDegrees: numberSetting(input, "verticalDegrees"),
  zoom: numberSetting(input, "zoom"),
});
