import { free } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { amount, choice, toggle } from "../declare-params.ts";
import { asking, picturesOf, said, type MagnificWire } from "./magnific-wire.ts";
import { refuseInput } from "./refuse-input.ts";

const advanced = { setting: "advanced", is: true } as const;
const tone = (label: string) => amount(label, [0, 100], { default: 50, when: advanced });
const capitalised = (values: readonly string[]) =>
  Object.fromEntries(
    values.map((value) => {
      const words = value.replaceAll("_", " ");
      return [value, `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`];
    }),
  );
const among = (label: string, values: readonly string[], when?: typeof advanced) =>
  choice(label, values, { labels: capitalised(values), ...(when && { when }) });

const tones = ["whites", "blacks", "brightness", "contrast", "saturation"] as const;
const further = [...tones, "engine", "transfer_light_a", "transfer_light_b", "fixed_generation"];

/** Light on a picture that was taken already (product.md A15, docs.magnific.com image-relight). */
export const relightRow: ModelRow<MagnificWire> = {
  task: "image",
  price: free,
  priceBasis: "unknown",
  id: "image-relight",
  title: "Magnific Relight",
  description:
    "Lights the first reference anew: by the prompt, by the light of the second reference, or by it as a map of light.",
  inputs: { prompt: 99, references: 2 },
  needs: ["references"],
  maxPromptCharacters: 5_000,
  expectedMs: 40_000,
  source: "docs.magnific.com/api-reference, specification of 2026-07, read 2026-11-20",
  params: {
    light_from: choice("Second reference is", ["reference", "lightmap"], {
      labels: { reference: "A picture with the light", lightmap: "A map of the light" },
      hint: "Without a second reference the prompt says what light there is.",
    }),
    light_transfer_strength: amount("Strength", [0, 100], { default: 100 }),
    style: among("Style", [
      ...["standard", "darker_but_realistic", "clean", "smooth", "brighter"],
      ...["contrasted_n_hdr", "just_composition"],
    ]),
    preserve_details: toggle("Keep details", true),
    change_background: toggle("Change the background", true, "Off for landscapes and rooms."),
    interpolate_from_original: toggle("Stay near the original", false),
    advanced: toggle("Advanced", false),
    whites: tone("Whites"),
    blacks: tone("Blacks"),
    brightness: tone("Brightness"),
    contrast: tone("Contrast"),
    saturation: tone("Saturation"),
    engine: among(
      "Engine",
      [
        ...["automatic", "balanced", "cool", "real", "illusio", "fairy"],
        ...["colorful_anime", "hard_transform", "softy"],
      ],
      advanced,
    ),
    transfer_light_a: among(
      "Light transfer",
      ["automatic", "low", "medium", "normal", "high", "high_on_faces"],
      advanced,
    ),
    transfer_light_b: among(
      "Light transfer, further",
      [
        ...["automatic", "composition", "straight", "smooth_in", "smooth_out", "smooth_both"],
        ...["reverse_both", "soft_in", "soft_out", "soft_mid", "strong_mid"],
        ...["style_shift", "strong_shift"],
      ],
      advanced,
    ),
    fixed_generation: { ...toggle("Fixed", false), when: advanced },
  },
  wire: asking("image", async ({ request, own, pictures }) => {
    const { light_from, advanced: isAdvanced, ...shown } = own;
    const [picture, light] = picturesOf(request.references, 2);
    if (!picture) throw refuseInput("Relight works on a picture, and none is connected.");
    const isFurther = ([name]: readonly [string, unknown]) => further.includes(name);
    const entries = Object.entries(shown);
    const from =
      light_from === "lightmap"
        ? "transfer_light_from_lightmap"
        : "transfer_light_from_reference_image";
    return {
      path: "/v1/ai/image-relight",
      body: {
        image: await pictures.base64(picture),
        ...said("prompt", request.prompt),
        ...(light && { [from]: await pictures.base64(light) }),
        ...Object.fromEntries(entries.filter((entry) => !isFurther(entry))),
        ...(isAdvanced === true && {
          advanced_settings: Object.fromEntries(entries.filter(isFurther)),
        }),
      },
    };
  }),
};
