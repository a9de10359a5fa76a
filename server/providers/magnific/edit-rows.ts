import { free } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { amount, choice, toggle } from "../declare-params.ts";
import type { AssetInput } from "../provider.ts";
import { asking, picturesOf, said, usualPicture, type MagnificWire } from "./magnific-wire.ts";
import { refuseInput } from "./refuse-input.ts";

const shared = {
  task: "image",
  price: free,
  priceBasis: "unknown",
  needs: ["references"],
  expectedMs: 30_000,
  source: "docs.magnific.com/api-reference, specification of 2026-07, read 2026-11-20",
} as const;

/** The picture that is worked on, and the one that comes after it. */
function pairOf(references: readonly AssetInput[]): readonly [AssetInput, AssetInput | undefined] {
  const [first, second] = picturesOf(references, 2);
  if (!first) throw refuseInput("This model works on a picture, and none is connected.");
  return [first, second];
}

const sides = {
  left: amount("Left", [0, 2_048], { default: 256, unit: "px" }),
  right: amount("Right", [0, 2_048], { default: 256, unit: "px" }),
  top: amount("Top", [0, 2_048], { default: 256, unit: "px" }),
  bottom: amount("Bottom", [0, 2_048], { default: 256, unit: "px" }),
};

function expanding(
  engine: "seedream-v4-5" | "ideogram" | "flux-pro",
  title: string,
): ModelRow<MagnificWire> {
  return {
    ...shared,
    id: `image-expand/${engine}`,
    title: `Expand with ${title}`,
    description:
      "Paints on beyond the borders of the first reference. A prompt is not needed; without one it looks for itself.",
    inputs: { prompt: 99, references: 1 },
    maxPromptCharacters: 5_000,
    params: sides,
    wire: asking("image", async ({ request, own, seed, pictures }) => {
      const [picture] = pairOf(request.references);
      const isAnything = Object.keys(sides).some((side) => Number(own[side]) > 0);
      if (!isAnything) throw refuseInput("Expanding needs a side that is more than 0 px.");
      return {
        path: `/v1/ai/image-expand/${engine}`,
        body: {
          image: await pictures.base64(picture),
          ...said("prompt", request.prompt),
          ...own,
          ...(engine !== "flux-pro" && { seed }),
        },
      };
    }),
  };
}

const ideogramEdit: ModelRow<MagnificWire> = {
  ...shared,
  id: "ideogram-image-edit",
  title: "Ideogram Edit",
  description: "Paints the white part of the mask anew in the first reference.",
  inputs: { prompt: 99, references: 1, mask: 1 },
  needs: ["references", "mask", "prompt"],
  maxPromptCharacters: 5_000,
  params: {
    rendering_speed: choice("Speed", ["TURBO", "DEFAULT", "QUALITY"], {
      default: "DEFAULT",
      labels: { TURBO: "Turbo", DEFAULT: "Usual", QUALITY: "Quality" },
    }),
    magic_prompt: choice("Expand the prompt", ["AUTO", "ON", "OFF"], {
      labels: { AUTO: "Automatic", ON: "On", OFF: "Off" },
    }),
    style_type: choice("Style", ["AUTO", "GENERAL", "REALISTIC", "DESIGN"], {
      labels: { AUTO: "Automatic", GENERAL: "General", REALISTIC: "Realistic", DESIGN: "Design" },
    }),
  },
  wire: asking("image", async ({ request, own, seed }) => {
    const [picture] = pairOf(request.references);
    if (!request.mask) throw refuseInput("Ideogram Edit needs a mask.");
    const fitted = await picture.fit(usualPicture);
    const mask = await request.mask.asMask("black", fitted);
    return {
      path: "/v1/ai/ideogram-image-edit",
      body: {
        prompt: request.prompt,
        image: Buffer.from(fitted.bytes).toString("base64"),
        mask: Buffer.from(mask.bytes).toString("base64"),
        seed,
        ...own,
      },
    };
  }),
};

const cutOut: ModelRow<MagnificWire> = {
  ...shared,
  id: "remove-background",
  title: "Magnific Remove Background",
  description: "Cuts out what the first reference shows. It takes no prompt.",
  inputs: { references: 1 },
  maxPromptCharacters: 0,
  expectedMs: 8_000,
  params: {},
  wire: asking("image", async ({ request, pictures }) => {
    const [picture] = pairOf(request.references);
    const image_url = await pictures.address(picture);
    return { path: "/v1/ai/beta/remove-background", body: { image_url } };
  }),
};

const skin: ModelRow<MagnificWire> = {
  ...shared,
  id: "skin-enhancer",
  title: "Magnific Skin Enhancer",
  description: "Gives the skin in the first reference its texture back. It takes no prompt.",
  inputs: { references: 1 },
  maxPromptCharacters: 0,
  params: {
    mode: choice("Mode", ["faithful", "creative", "flexible"], {
      labels: { faithful: "Faithful", creative: "Creative", flexible: "Flexible" },
    }),
    skin_detail: amount("Skin detail", [0, 100], {
      default: 80,
      when: { setting: "mode", is: "faithful" },
    }),
    optimized_for: choice(
      "Made for",
      [
        ...["enhance_skin", "improve_lighting", "enhance_everything"],
        ...["transform_to_real", "no_make_up"],
      ],
      {
        labels: {
          enhance_skin: "Skin",
          improve_lighting: "Light",
          enhance_everything: "Everything",
          transform_to_real: "Make it real",
          no_make_up: "No make-up",
        },
        when: { setting: "mode", is: "flexible" },
      },
    ),
    sharpen: amount("Sharpen", [0, 100], { default: 0 }),
    smart_grain: amount("Grain", [0, 100], { default: 2 }),
  },
  wire: asking("image", async ({ request, own: { mode, ...plain }, pictures }) => {
    const [picture] = pairOf(request.references);
    const tier = mode === "creative" || mode === "flexible" ? mode : "faithful";
    const image = await pictures.base64(picture);
    return { path: `/v1/ai/skin-enhancer/${tier}`, body: { image, ...plain } };
  }),
};

const portrait = { setting: "is_portrait", is: true } as const;

const styleTransfer: ModelRow<MagnificWire> = {
  ...shared,
  id: "image-style-transfer",
  title: "Magnific Style Transfer",
  description: "Gives the first reference the style of the second.",
  inputs: { prompt: 99, references: 2 },
  maxPromptCharacters: 5_000,
  params: {
    style_strength: amount("Style", [0, 100], {
      default: 100,
      hint: "How much of the second reference's style.",
    }),
    structure_strength: amount("Structure", [0, 100], {
      default: 50,
      hint: "How much of the first reference's shapes stays.",
    }),
    flavor: choice(
      "Flavour",
      ["faithful", "gen_z", "psychedelia", "detaily", "clear", "donotstyle", "donotstyle_sharp"],
      {
        labels: {
          faithful: "Faithful",
          gen_z: "Gen Z",
          psychedelia: "Psychedelia",
          detaily: "Detailed",
          clear: "Clear",
          donotstyle: "No style",
          donotstyle_sharp: "No style, sharp",
        },
      },
    ),
    engine: choice(
      "Engine",
      [
        ...["balanced", "definio", "illusio", "3d_cartoon", "colorful_anime"],
        ...["caricature", "real", "super_real", "softy"],
      ],
      {
        labels: {
          balanced: "Balanced",
          definio: "Definio",
          illusio: "Illusio",
          "3d_cartoon": "3D cartoon",
          colorful_anime: "Colourful anime",
          caricature: "Caricature",
          real: "Real",
          super_real: "Super real",
          softy: "Softy",
        },
      },
    ),
    is_portrait: toggle("Portrait", false),
    portrait_style: choice("Portrait style", ["standard", "pop", "super_pop"], {
      labels: { standard: "Standard", pop: "Pop", super_pop: "Super pop" },
      when: portrait,
    }),
    portrait_beautifier: choice("Beautify", ["none", "beautify_face", "beautify_face_max"], {
      labels: { none: "No", beautify_face: "Face", beautify_face_max: "Face, strongly" },
      when: portrait,
    }),
    fixed_generation: toggle("Fixed", false, "The same settings make the same picture."),
  },
  wire: asking("image", async ({ request, own, pictures }) => {
    const { portrait_beautifier: beautifier, ...plain } = own;
    const [picture, style] = pairOf(request.references);
    if (!style) throw refuseInput("Style transfer needs a second reference, which has the style.");
    return {
      path: "/v1/ai/image-style-transfer",
      body: {
        image: await pictures.base64(picture),
        reference_image: await pictures.base64(style),
        ...said("prompt", request.prompt),
        ...plain,
        ...(beautifier !== undefined &&
          beautifier !== "none" && { portrait_beautifier: beautifier }),
      },
    };
  }),
};

/** The models that change a picture, but for the relighting, which has settings enough for a file. */
export const editRows: readonly ModelRow<MagnificWire>[] = [
  cutOut,
  expanding("seedream-v4-5", "Seedream 4.5"),
  expanding("ideogram", "Ideogram"),
  expanding("flux-pro", "FLUX pro"),
  ideogramEdit,
  styleTransfer,
  skin,
];
