import { definitionOf, nodeTypes } from "#domain/nodes/index";
import type { NodeTabView, SuggestionView } from "../../../../ui/panel-view.ts";
import { imageNode } from "./made-up-node.ts";

/** What was recognised on the canvas. */
export const suggestions: readonly SuggestionView[] = [
  {
    layer: "s1",
    name: "Sticky: calm, exact, no people",
    type: "text",
    typeTitle: "Text",
    reason: "a sticky beside an image node",
  },
  {
    layer: "s2",
    name: "Arrow 12",
    type: "connection",
    typeTitle: "Connection",
    reason: "a drawn arrow from Palette to Hero image",
  },
];

/** Nothing is selected, on an empty page. */
export const nothing: Extract<NodeTabView, { kind: "nothing" }> = {
  kind: "nothing",
  nodeTypes: nodeTypes.map((type) => {
    const { title, description } = definitionOf(type);
    return { type, title, description };
  }),
  templates: [
    {
      id: "t1",
      title: "Moodboard to hero image",
      description: "References and a text become four images.",
    },
    {
      id: "t2",
      title: "Product shot in three scenes",
      description: "One product, a list of scenes.",
    },
    {
      id: "t3",
      title: "Storyboard to teaser",
      description: "Frames become a short video with a voice.",
    },
  ],
  suggestions: [],
  nodeCount: 0,
};

/** Two layers that are no nodes. */
export const layers: NodeTabView = {
  kind: "layers",
  names: ["Harbour.png", "Palette"],
  uses: [
    { type: "media", title: "Media", reason: null },
    { type: "list", title: "List", reason: null },
    { type: "text", title: "Text", reason: "None of the layers has words." },
  ],
  suggestions: [],
};

/** A connector between two nodes, and a drawn arrow that ends at nothing. */
export const line: Extract<NodeTabView, { kind: "line" }> = {
  kind: "line",
  layer: "line-1",
  fromTitle: "Palette",
  toTitle: "Hero image",
  port: "references",
  ports: [
    { port: "references", label: "References" },
    { port: "style", label: "Style" },
  ],
  problem: null,
  isSuggestion: false,
  canTurn: true,
};

/** Three selected nodes. */
export const several: NodeTabView = {
  kind: "several",
  nodes: [
    { id: "n1", title: "Headlines", typeTitle: "Assistant", type: "assistant" },
    { id: "node-1", title: "Hero image", typeTitle: "Image Generator", type: "image-generator" },
    { id: "n6", title: "Teaser", typeTitle: "Video Generator", type: "video-generator" },
  ],
  run: {
    label: "Run selected",
    priceText: null,
    problem: null,
    isBusy: false,
    modes: [
      {
        target: { mode: "selected", nodes: ["n1", "node-1", "n6"] },
        label: "Run selected",
        problem: null,
      },
      { target: { mode: "all" }, label: "Run all", problem: null },
    ],
  },
};

/** The image node, chosen. */
export const oneNode: NodeTabView = { kind: "node", node: imageNode };
