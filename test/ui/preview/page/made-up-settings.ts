import type { FieldView } from "../../../../ui/node-view.ts";
import { sound } from "./made-up-versions.ts";

/** A field for each control, and one with a problem. */
export const everyControl: readonly FieldView[] = [
  {
    name: "negative",
    param: {
      control: "text",
      label: "Leave out",
      hint: "What must not be in the picture.",
      maxCharacters: 100,
      placeholder: "Text, people, frames",
      default: "",
    },
    value: "x".repeat(90),
    problem: null,
  },
  {
    name: "strength",
    param: {
      control: "number",
      label: "Strength",
      min: 0,
      max: 1,
      step: 0.05,
      default: 0.5,
      hint: "How closely the references are followed.",
    },
    value: 0.35,
    problem: null,
  },
  {
    name: "width",
    param: {
      control: "number",
      label: "Width",
      unit: "px",
      min: 64,
      max: 8192,
      step: 8,
      default: 1024,
    },
    value: 1024,
    problem: null,
  },
  {
    name: "style",
    param: {
      control: "choice",
      label: "Style",
      options: [
        { value: "photo", label: "Photograph" },
        { value: "ink", label: "Ink" },
      ],
      default: "photo",
    },
    value: "removed-yesterday",
    problem: "This model no longer offers the style that was chosen. Choose another.",
  },
  {
    name: "tile",
    param: {
      control: "switch",
      label: "Seamless tile",
      hint: "The edges fit each other.",
      default: false,
    },
    value: true,
    problem: null,
  },
  {
    name: "seed",
    param: { control: "seed", label: "Seed", default: null },
    value: 81_234,
    problem: null,
  },
  {
    name: "asset",
    param: { control: "asset", label: "File", accepts: ["image", "video", "audio"], default: null },
    value: null,
    problem: null,
  },
  {
    name: "items",
    param: { control: "items", label: "Items", maxItems: 64, default: [] },
    value: [
      { isTicked: true, item: { kind: "text", text: "Spring" } },
      { isTicked: false, item: { kind: "text", text: "Summer" } },
      { isTicked: true, item: sound },
    ],
    problem: null,
  },
];
