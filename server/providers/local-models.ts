import type { Model } from "#domain/model";
import { free } from "#domain/price";
import { draftStyles } from "../local/draft-picture.ts";
import { recipeVersions } from "../local/recipe-version.ts";
import { upscaleFlavours } from "../local/upscale-picture.ts";

/** The width over the height of a draft, by the name of its ratio. */
export const draftRatios = {
  "1:1": 1,
  "4:3": 4 / 3,
  "3:2": 3 / 2,
  "16:9": 16 / 9,
  "21:9": 21 / 9,
  "3:4": 3 / 4,
  "2:3": 2 / 3,
  "9:16": 9 / 16,
} as const;

const choices = (values: readonly string[], labels: Readonly<Record<string, string>> = {}) =>
  values.map((value) => ({
    value,
    label: labels[value] ?? `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`,
  }));

const common = {
  provider: "local",
  price: free,
  priceBasis: "list",
  limits: {},
  outputsPerCall: 10,
  isRetired: false,
  source: "Made by the relay itself.",
  unavailable: null,
  maxPromptCharacters: 32_000,
} as const;

const draft: Model = {
  ...common,
  id: "local:draft",
  title: "Local draft",
  description: "A layout mock drawn by rules, without an AI model, and labelled as a draft.",
  task: "image",
  fidelity: "draft",
  version: recipeVersions.draft,
  inputs: { prompt: 1, references: 8 },
  expectedMs: 2_000,
  params: {
    ratio: {
      control: "choice",
      label: "Ratio",
      options: Object.keys(draftRatios).map((value) => ({ value, label: value })),
      default: "1:1",
    },
    size: {
      control: "choice",
      label: "Longer side",
      options: ["512", "1024", "2048", "4096"].map((value) => ({ value, label: `${value} px` })),
      default: "1024",
    },
    style: { control: "choice", label: "Style", options: choices(draftStyles), default: "auto" },
  },
};

const precision: Model = {
  ...common,
  id: "local:precision",
  title: "Local precision",
  description: "Enlarges faithfully by interpolation; adds no detail that is not there.",
  task: "upscale",
  fidelity: "exact",
  version: recipeVersions.upscale,
  inputs: { image: 1 },
  expectedMs: 4_000,
  params: {
    flavour: {
      control: "choice",
      label: "Flavour",
      options: choices(upscaleFlavours),
      default: "faithful",
    },
    sharpen: {
      control: "number",
      label: "Sharpen",
      min: 0,
      max: 100,
      step: 1,
      default: 50,
    },
    grain: { control: "number", label: "Grain", min: 0, max: 100, step: 1, default: 0 },
  },
};

const camera: Model = {
  ...common,
  id: "local:camera",
  title: "Local camera",
  description: "Turns the picture as a card in space. A true new viewpoint needs a provider.",
  task: "camera",
  fidelity: "exact",
  version: recipeVersions.camera,
  inputs: { image: 1 },
  expectedMs: 1_500,
  params: {
    horizontalDegrees: {
      control: "number",
      label: "Turn",
      hint: "Negative to the left. Beyond 60° the back would show: that needs a provider.",
      min: -60,
      max: 60,
      step: 1,
      unit: "°",
      default: 0,
    },
    verticalDegrees: {
      control: "number",
      label: "Height",
      hint: "Below 0 from below, above 0 from above.",
      min: -30,
      max: 60,
      step: 1,
      unit: "°",
      default: 0,
    },
  },
};

const assistant: Model = {
  ...common,
  id: "local:assistant",
  title: "Local assistant",
  description: "Assembles prompts and describes pictures by measured facts, without a model.",
  task: "text",
  fidelity: "heuristic",
  version: `${recipeVersions.assemble}.${recipeVersions.describe}`,
  inputs: { text: 64, reference: 8 },
  expectedMs: 500,
  params: {},
};

/** Models whose work a later version of the relay brings; they say so before a run. */
const missing: readonly Model[] = (
  [
    [
      "video",
      "local:clip",
      "Local clip",
      "Video",
      { prompt: 1, first: 1, last: 1, references: 8, audio: 1 },
    ],
    ["audio", "local:sound", "Local sound", "Sound", { prompt: 1 }],
  ] as const
).map(([task, id, title, word, inputs]) => ({
  ...common,
  id,
  title,
  description: `${word} without a provider is not here yet.`,
  task,
  fidelity: "draft",
  version: "0",
  inputs,
  expectedMs: 0,
  params: {},
  unavailable: `${word} needs a provider: this relay has none that makes it yet.`,
}));

/** Every model that needs no key, because it is worked out on the relay's own machine. */
export const localModels: readonly Model[] = [draft, precision, camera, assistant, ...missing];
