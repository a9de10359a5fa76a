import { free } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { amount, choice, toggle } from "../declare-params.ts";
import { asking, picturesOf, said, usualPicture, type MagnificWire } from "./magnific-wire.ts";
import { namedRatio } from "./named-ratios.ts";
import { fluidRatios, refuseInput } from "./refuse-input.ts";

const shared = {
  task: "image",
  price: free,
  priceBasis: "unknown",
  source: "docs.magnific.com/api-reference, specification of 2026-07, read 2026-11-20",
} as const;

const mystic: ModelRow<MagnificWire> = {
  ...shared,
  id: "mystic",
  title: "Magnific Mystic",
  description:
    "Magnific's own model. The first reference gives the structure, the second the style, or the other way round.",
  inputs: { prompt: 99, references: 2 },
  maxPromptCharacters: 5_000,
  expectedMs: 40_000,
  params: {
    ratio: choice("Ratio", [
      ...["1:1", "4:3", "3:4", "16:9", "9:16", "20:9", "9:20"],
      ...["3:2", "2:3", "2:1", "1:2", "5:4", "4:5"],
    ]),
    resolution: choice("Resolution", ["1K", "2K", "4K"], { default: "2K" }),
    look: choice(
      "Look",
      ["realism", "fluid", "zen", "flexible", "super_real", "editorial_portraits"],
      {
        labels: {
          realism: "Realism",
          fluid: "Fluid",
          zen: "Zen",
          flexible: "Flexible",
          super_real: "Super real",
          editorial_portraits: "Editorial portraits",
        },
        hint: `Fluid makes ${fluidRatios.join(", ")} alone.`,
      },
    ),
    engine: choice(
      "Engine",
      ["automatic", "magnific_illusio", "magnific_sharpy", "magnific_sparkle"],
      {
        labels: {
          automatic: "Automatic",
          magnific_illusio: "Illusio",
          magnific_sharpy: "Sharpy",
          magnific_sparkle: "Sparkle",
        },
      },
    ),
    creative_detailing: amount("Detail", [0, 100], { default: 33 }),
    first_reference: choice("First reference", ["structure", "style"], {
      labels: { structure: "Structure", style: "Style" },
      hint: "The second reference is the other one.",
    }),
    structure_strength: amount("Structure strength", [0, 100], {
      default: 50,
      hint: "With a reference for the structure.",
    }),
    adherence: amount("Adherence to the prompt", [0, 100], {
      default: 50,
      hint: "With a reference for the style.",
    }),
    hdr: amount("HDR", [0, 100], { default: 50, hint: "With a reference for the style." }),
    fixed_generation: toggle("Fixed", false, "The same settings make the same picture."),
  },
  wire: asking("image", async ({ request, own, pictures }) => {
    const {
      ratio,
      resolution,
      look: model,
      first_reference,
      structure_strength,
      adherence,
      hdr,
      ...plain
    } = own;
    if (model === "fluid" && !fluidRatios.includes(String(ratio))) {
      throw refuseInput(`Mystic's look "Fluid" makes ${fluidRatios.join(", ")} alone.`);
    }
    const given = picturesOf(request.references, 2);
    const [structure, style] = first_reference === "style" ? given.toReversed() : given;
    const only = given.length === 1 ? given[0] : undefined;
    const shape = only && first_reference === "style" ? undefined : structure;
    const look = only && first_reference === "style" ? only : style;
    return {
      path: "/v1/ai/mystic",
      body: {
        ...said("prompt", request.prompt),
        ...plain,
        model,
        aspect_ratio: namedRatio(ratio),
        resolution: String(resolution).toLowerCase(),
        ...(shape && { structure_reference: await pictures.base64(shape), structure_strength }),
        ...(look && { style_reference: await pictures.base64(look), adherence, hdr }),
      },
    };
  }),
};

const bananaRatios = ["1:1", "2:3", "3:2", "4:3", "3:4", "5:4", "4:5", "16:9", "9:16", "21:9"];

function banana(tier: "nano-banana-pro" | "nano-banana-pro-flash"): MagnificWire {
  return asking("image", async ({ request, own: { ratio, ...plain }, pictures }) => ({
    path: `/v1/ai/text-to-image/${tier}`,
    body: {
      prompt: request.prompt,
      aspect_ratio: ratio,
      ...plain,
      ...(request.references.length > 0 && {
        reference_images: await Promise.all(
          picturesOf(request.references, 14).map(async (picture) => {
            const fitted = await picture.fit(usualPicture);
            return { image: await pictures.uploaded(fitted), mime_type: fitted.mediaType };
          }),
        ),
      }),
    },
  }));
}

const bananaShared = {
  ...shared,
  inputs: { prompt: 99, references: 14 },
  needs: ["prompt"],
  maxPromptCharacters: 3_000,
} as const;
const bananaParams = {
  ratio: choice("Ratio", bananaRatios),
  resolution: choice("Resolution", ["1K", "2K", "4K"], { default: "2K" }),
};

/** The sides of a picture of FLUX.2 pro here, each from 256 to 1440 pixels, by ratio. */
const fluxSides: Readonly<Record<string, readonly [number, number]>> = {
  "1:1": [1024, 1024],
  "4:3": [1152, 864],
  "3:4": [864, 1152],
  "3:2": [1248, 832],
  "2:3": [832, 1248],
  "16:9": [1360, 768],
  "9:16": [768, 1360],
};

const flux: ModelRow<MagnificWire> = {
  ...shared,
  id: "flux-2-pro",
  title: "FLUX.2 pro",
  description: "Pictures of a megapixel from a prompt and up to four references.",
  inputs: { prompt: 99, references: 4 },
  needs: ["prompt"],
  maxPromptCharacters: 10_000,
  expectedMs: 15_000,
  params: {
    ratio: choice("Ratio", Object.keys(fluxSides)),
    prompt_upsampling: toggle("Expand the prompt", false, "The model writes the prompt out first."),
  },
  wire: asking("image", async ({ request, own: { ratio, ...plain }, seed, pictures }) => {
    const [width, height] = fluxSides[String(ratio)] ?? [1024, 1024];
    const given = await Promise.all(
      picturesOf(request.references, 4).map((picture) => pictures.base64(picture)),
    );
    return {
      path: "/v1/ai/text-to-image/flux-2-pro",
      body: {
        prompt: request.prompt,
        width,
        height,
        seed,
        ...plain,
        ...Object.fromEntries(
          given.map((data, at) => [at === 0 ? "input_image" : `input_image_${at + 1}`, data]),
        ),
      },
    };
  }),
};

const seedream: ModelRow<MagnificWire> = {
  ...shared,
  id: "seedream-v5-lite",
  title: "Seedream 5 Lite",
  description: "Pictures of four megapixels from a prompt; up to five references to edit.",
  inputs: { prompt: 99, references: 5 },
  needs: ["prompt"],
  limits: { references: { leastSidePx: 256, leastRatio: 0.01, mostRatio: 100 } },
  maxPromptCharacters: 4_096,
  expectedMs: 20_000,
  params: {
    ratio: choice("Ratio", ["1:1", "16:9", "9:16", "2:3", "3:4", "3:2", "4:3", "21:9"]),
    enable_safety_checker: toggle("Safety filter", true),
  },
  wire: asking("image", async ({ request, own: { ratio, ...plain }, seed, pictures }) => {
    const given = await Promise.all(
      picturesOf(request.references, 5).map((picture) =>
        pictures.base64(picture, { ...usualPicture, mediaTypes: ["image/png", "image/jpeg"] }),
      ),
    );
    const body = { prompt: request.prompt, aspect_ratio: namedRatio(ratio), seed, ...plain };
    return given.length === 0
      ? { path: "/v1/ai/text-to-image/seedream-v5-lite", body }
      : {
          path: "/v1/ai/text-to-image/seedream-v5-lite-edit",
          body: { ...body, reference_images: given },
        };
  }),
};

/** The models that make pictures. */
export const imageRows: readonly ModelRow<MagnificWire>[] = [
  mystic,
  {
    ...bananaShared,
    id: "nano-banana-pro",
    title: "Nano Banana Pro",
    description: "Google's model for complex scenes and text, with up to fourteen references.",
    expectedMs: 40_000,
    params: bananaParams,
    wire: banana("nano-banana-pro"),
  },
  {
    ...bananaShared,
    id: "nano-banana-pro-flash",
    title: "Nano Banana Pro Flash",
    description: "The quick Nano Banana Pro; it can look things up before it draws.",
    expectedMs: 20_000,
    params: {
      ...bananaParams,
      resolution: choice("Resolution", ["1K", "2K", "4K"]),
      use_google_search_tool: toggle("Look things up", false),
    },
    wire: banana("nano-banana-pro-flash"),
  },
  flux,
  seedream,
];
