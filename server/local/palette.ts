import { coloursOfWords } from "./colour-words.ts";
import { chromaOf, hueDegreesOf, lighten, mixOklab, oklch, type Oklab } from "./oklab.ts";
import type { PromptReading } from "./prompt-reading.ts";
import { between, pick, type Random } from "./seeded-random.ts";

/** The roles of colour in a draft; `others` are further colours that the prompt named. */
export interface Palette {
  readonly ink: Oklab;
  readonly deep: Oklab;
  readonly main: Oklab;
  readonly accent: Oklab;
  readonly light: Oklab;
  readonly others: readonly Oklab[];
}

/** Palette of a prompt: the colours of its words, or a calm pair that the seed decides. */
export function paletteOfPrompt(reading: PromptReading, random: Random): Palette {
  // A white or grey beside a colour is a ground for it, not the colour of the picture.
  const named = coloursOfWords(reading.words).sort(
    (one, other) => Number(chromaOf(one) < 0.03) - Number(chromaOf(other) < 0.03),
  );
  const free = oklch(between(random, 0.58, 0.72), between(random, 0.07, 0.12), 360 * random());
  const main = named[0] ?? free;
  const roles = rolesOf(main, named[1] ?? companionOf(main, random), reading.isNight);
  return { ...roles, others: named.slice(2, 4) };
}

/** Palette of reference pictures: their colours by role. `colours` from dark to light, at least one. */
export function paletteOfColours(colours: readonly Oklab[], isNight: boolean): Palette {
  const vivid = [...colours].sort((one, other) => chromaOf(other) - chromaOf(one));
  const main = vivid[0] ?? oklch(0.6, 0.02, 250);
  const accent = vivid.slice(1).find((colour) => isFarFrom(colour, main)) ?? vivid[1] ?? main;
  const roles = rolesOf(main, accent, isNight);
  const darkest = colours[0] ?? main;
  const lightest = colours.at(-1) ?? main;
  return {
    ...roles,
    ink: darkest[0] < 0.45 ? lighten(darkest, Math.min(0, 0.26 - darkest[0])) : roles.ink,
    light: lightest[0] > 0.7 ? lighten(lightest, Math.max(0, 0.93 - lightest[0])) : roles.light,
  };
}

/** Colours from dark to light as an even row, for shading and fields. */
export function rampOf({ ink, deep, main, accent, light, others }: Palette): readonly Oklab[] {
  return [ink, deep, main, accent, light, ...others].sort((one, other) => one[0] - other[0]);
}

function companionOf(main: Oklab, random: Random): Oklab {
  const turn = pick(random, [38, -38, 62, 150, -150]);
  const chroma = Math.max(0.05, chromaOf(main) * 0.95);
  return oklch(Math.min(0.86, main[0] + 0.12), chroma, hueDegreesOf(main) + turn);
}

function rolesOf(main: Oklab, accent: Oklab, isNight: boolean): Palette {
  const hue = hueDegreesOf(main);
  const chroma = chromaOf(main);
  if (isNight) {
    return {
      ink: oklch(0.17, Math.min(0.04, chroma), hue),
      deep: oklch(0.29, Math.min(0.09, chroma), hue),
      main: oklch(Math.min(0.5, Math.max(0.4, main[0])), chroma, hue),
      accent: lighten(accent, Math.max(0, 0.68 - accent[0])),
      light: mixOklab(oklch(0.92, 0.03, hue), accent, 0.25),
      others: [],
    };
  }
  return {
    ink: oklch(0.25, Math.min(0.045, chroma), hue),
    deep: oklch(Math.max(0.36, Math.min(0.5, main[0] - 0.18)), chroma * 0.85, hue),
    main: lighten(main, Math.max(0, 0.5 - main[0])),
    accent: lighten(accent, Math.max(0, 0.6 - accent[0])),
    light: oklch(0.95, Math.min(0.025, chroma), hueDegreesOf(accent)),
    others: [],
  };
}

function isFarFrom(one: Oklab, other: Oklab): boolean {
  return Math.hypot(one[0] - other[0], 2 * (one[1] - other[1]), 2 * (one[2] - other[2])) > 0.18;
}
