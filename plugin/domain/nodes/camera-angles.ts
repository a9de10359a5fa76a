import { defineNode } from "../define-node.ts";

/** Shows a subject from another position of the camera (product.md A2.8; ranges of A16). */
export const cameraAngles = defineNode({
  title: "Camera Angles",
  description: "Shows an image from another position of the camera.",
  task: "camera",
  inputs: {
    image: { label: "Image", accepts: ["image"], max: 1, isRequired: true, onList: "each" },
  },
  output: { port: "image", label: "Image", types: ["image"] },
  params: {
    horizontalDegrees: {
      control: "number",
      label: "Turn",
      hint: "0 front, 90 right, 180 back, 270 left",
      min: 0,
      max: 360,
      step: 1,
      unit: "°",
      default: 0,
    },
    verticalDegrees: {
      control: "number",
      label: "Height",
      hint: "-30 from below, 0 eye level, 90 from above",
      min: -30,
      max: 90,
      step: 1,
      unit: "°",
      default: 0,
    },
    zoom: {
      control: "number",
      label: "Zoom",
      hint: "0 wide, 5 medium, 10 close-up",
      min: 0,
      max: 10,
      step: 0.5,
      default: 5,
    },
  },
  needsOneOf: [],
  emptyHint: "Connect an image to move the camera around.",
});
