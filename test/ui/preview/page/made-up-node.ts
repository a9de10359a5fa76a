import type { FieldView, ModelChoice, NodeView, ReferenceView } from "../../../../ui/node-view.ts";
import { madeUpPicture } from "./made-up-picture.ts";
import { madeUpVersions } from "./made-up-versions.ts";

/** The prompt of the image node. */
export const prompt: FieldView = {
  name: "prompt",
  param: {
    control: "text",
    label: "Prompt",
    maxCharacters: 8000,
    placeholder: "Describe the image you want to generate.",
    default: "",
  },
  value:
    "A quiet harbour at dawn, soft light on wet stone, a single red boat. Keep the composition of the first reference and the palette of the second.",
  problem: null,
};

const models: readonly ModelChoice[] = [
  {
    id: "local:draft",
    title: "Local draft",
    provider: "Built in",
    description: "A stand-in that says so on its face. Free, no key needed.",
    priceText: "Free",
    unfit: null,
    isChosen: false,
  },
  {
    id: "bfl:flux-2-pro",
    title: "FLUX.2 Pro",
    provider: "Black Forest Labs",
    description: "Photographs and illustration, up to eight references.",
    priceText: "6 credits",
    unfit: null,
    isChosen: true,
  },
  {
    id: "openai:gpt-image",
    title: "GPT Image",
    provider: "OpenAI",
    description: "Follows long instructions, writes text well.",
    priceText: "8 credits",
    unfit: null,
    isChosen: false,
  },
  {
    id: "google:imagen",
    title: "Imagen 4",
    provider: "Google",
    description: "Fast and photographic.",
    priceText: "4 credits",
    unfit: "Takes no reference images; this node has 3.",
    isChosen: false,
  },
];

const references: readonly ReferenceView[] = [
  {
    connection: "c1",
    number: 1,
    node: "n1",
    title: "Harbour sketch",
    type: "media",
    port: "references",
    portLabel: "References",
    otherPorts: [],
    thumbnail: madeUpPicture(1, "A sketch of a harbour"),
    text: null,
    kind: "connector",
  },
  {
    connection: "c2",
    number: 2,
    node: "n2",
    title: "Palette",
    type: "upload",
    port: "references",
    portLabel: "References",
    otherPorts: [{ port: "style", label: "Style" }],
    thumbnail: madeUpPicture(4, "A palette"),
    text: null,
    kind: "drawn",
  },
  {
    connection: "c3",
    number: 3,
    node: "n3",
    title: "Tone of voice",
    type: "text",
    port: "prompt",
    portLabel: "Prompt",
    otherPorts: [],
    thumbnail: null,
    text: "Calm, exact, a little melancholic. No people.",
    kind: "invisible",
  },
];

const fields: readonly FieldView[] = [
  {
    name: "ratio",
    param: {
      control: "choice",
      label: "Aspect ratio",
      options: [
        { value: "1:1", label: "1:1 Square" },
        { value: "3:2", label: "3:2 Landscape" },
        { value: "9:16", label: "9:16 Story" },
      ],
      default: "1:1",
    },
    value: "3:2",
    problem: null,
  },
  {
    name: "count",
    param: { control: "number", label: "Images", min: 1, max: 10, step: 1, default: 1 },
    value: 4,
    problem: null,
  },
  {
    name: "seed",
    param: { control: "seed", label: "Seed", default: null },
    value: null,
    problem: null,
  },
];

/** A node that makes images, with everything that such a node can show. */
export const imageNode: NodeView = {
  id: "node-1",
  type: "image-generator",
  typeTitle: "Image Generator",
  title: "Hero image",
  isLocked: false,
  status: { kind: "stale", text: "Input changed", done: null },
  actions: ["duplicate", "download", "reset", "lock", "delete", "show", "add-next"],
  references,
  prompt,
  models,
  fields,
  problems: [],
  failure: null,
  placement: "stack",
  versions: madeUpVersions,
  isLoadingVersions: false,
  run: {
    label: "Generate",
    priceText: "24 credits",
    problem: null,
    isBusy: false,
    modes: [
      { target: { mode: "this-node", node: "node-1" }, label: "This node only", problem: null },
      { target: { mode: "from-here", node: "node-1" }, label: "Run from here", problem: null },
      { target: { mode: "up-to-here", node: "node-1" }, label: "Run up to here", problem: null },
      {
        target: { mode: "selected", nodes: ["node-1"] },
        label: "Run selected",
        problem: "Select several nodes on the canvas first.",
      },
      { target: { mode: "all" }, label: "Run all", problem: null },
    ],
  },
  activeRun: null,
  connectable: [
    { node: "n7", title: "Brand colours" },
    { node: "n8", title: "Headline" },
  ],
  nextTypes: [
    { type: "image-upscaler", title: "Image Upscaler" },
    { type: "video-generator", title: "Video Generator" },
    { type: "assistant", title: "Assistant" },
  ],
};
