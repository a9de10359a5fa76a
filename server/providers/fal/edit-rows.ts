import { dollars } from "#domain/price";
import { choice, words } from "../declare-params.ts";
import { clientTypes, type FalRow } from "./fal-rows.ts";

const shared = { task: "image", expectedMs: 10_000 } as const;
const comfyPrices = "Comfy's list for its partners, August 2026";

/** Image models that do one thing to a picture: cut out, expand, fill, erase. */
export const editRows: readonly FalRow[] = [
  {
    ...shared,
    id: "fal-ai/bria/background/remove",
    title: "Bria cut-out",
    description: "Removes the background of one reference. Takes no prompt.",
    inputs: { references: 1 },
    params: {},
    price: dollars(0.018),
    priceBasis: "estimate",
    maxPromptCharacters: 0,
    source: `${clientTypes}; price: ${comfyPrices}`,
    wire: {
      output: "image",
      ways: [
        {
          endpoint: "fal-ai/bria/background/remove",
          needs: ["source"],
          takes: { source: "image_url" },
        },
      ],
    },
  },
  {
    ...shared,
    id: "fal-ai/birefnet/v2",
    title: "BiRefNet cut-out",
    description: "Removes the background of one reference, cheaply. Takes no prompt.",
    inputs: { references: 1 },
    params: {
      model: choice("Made for", [
        "General Use (Light)",
        "General Use (Light 2K)",
        "General Use (Heavy)",
        "Matting",
        "Portrait",
      ]),
      operating_resolution: choice("Works at", ["1024x1024", "2048x2048"], {
        labels: { "1024x1024": "1024 px", "2048x2048": "2048 px" },
      }),
    },
    price: dollars(0.01),
    priceBasis: "estimate",
    maxPromptCharacters: 0,
    source: `${clientTypes}; billed by computing time, at most about this`,
    wire: {
      output: "image",
      ways: [
        {
          endpoint: "fal-ai/birefnet/v2",
          needs: ["source"],
          takes: { source: "image_url" },
          settings: { model: "model", operating_resolution: "operating_resolution" },
        },
      ],
    },
  },
  {
    ...shared,
    id: "fal-ai/bria/expand",
    title: "Bria expand",
    description: "Continues one reference outwards until it has the ratio. A prompt may say how.",
    inputs: { prompt: 99, references: 1 },
    params: {
      ratio: choice("Ratio", ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9"]),
      negative_prompt: words("Without", 1_000, "What shall not appear."),
    },
    price: dollars(0.03),
    priceBasis: "estimate",
    maxPromptCharacters: 2_000,
    source: `${clientTypes}; price, the higher of two: ${comfyPrices}`,
    wire: {
      output: "image",
      ways: [
        {
          endpoint: "fal-ai/bria/expand",
          needs: ["source"],
          takes: { source: "image_url", prompt: "prompt" },
          settings: { negative_prompt: "negative_prompt" },
          canvasRatio: "ratio",
          hasSeed: true,
        },
      ],
    },
  },
  {
    ...shared,
    id: "fal-ai/bria/genfill",
    title: "Bria fill",
    description: "Puts what the prompt says where the mask of one reference is white.",
    inputs: { prompt: 99, references: 1, mask: 1 },
    params: { negative_prompt: words("Without", 1_000, "What shall not appear.") },
    price: dollars(0.04),
    priceBasis: "estimate",
    maxPromptCharacters: 2_000,
    source: `${clientTypes}; price, the higher of two: ${comfyPrices}`,
    wire: {
      output: "images",
      ways: [
        {
          endpoint: "fal-ai/bria/genfill",
          needs: ["source", "mask", "prompt"],
          takes: { source: "image_url", mask: "mask_url", prompt: "prompt" },
          settings: { negative_prompt: "negative_prompt" },
          hasSeed: true,
        },
      ],
    },
  },
  {
    ...shared,
    id: "fal-ai/bria/eraser",
    title: "Bria eraser",
    description: "Removes what is under the white of the mask from one reference. Takes no prompt.",
    inputs: { references: 1, mask: 1 },
    params: {},
    price: dollars(0.03),
    priceBasis: "estimate",
    maxPromptCharacters: 0,
    source: `${clientTypes}; price, the higher of two: ${comfyPrices}`,
    wire: {
      output: "image",
      ways: [
        {
          endpoint: "fal-ai/bria/eraser",
          needs: ["source", "mask"],
          takes: { source: "image_url", mask: "mask_url" },
        },
      ],
    },
  },
];
