import { makeWellFormed } from "#domain/well-formed";

/** A look of a draft. */
export type DraftLook = "scene" | "flow" | "geometric";

/** A place that a scene can show. */
export type DraftPlace = "ridges" | "dunes" | "sea" | "city" | "forest" | "room";

/** A stand-in for what a prompt is about. */
export type DraftSubject = "person" | "bottle" | "cup" | "device" | "plant";

/** What a draft takes from a prompt: words that it knows, nothing more. */
export interface PromptReading {
  readonly words: readonly string[];
  readonly look: DraftLook;
  readonly place: DraftPlace | null;
  readonly subject: DraftSubject | null;
  readonly isNight: boolean;
}

const looks: Readonly<Record<Exclude<DraftLook, "scene">, string>> = {
  geometric:
    "geometric geometry pattern bauhaus tile tiles mosaic grid swiss icon logo flat vector shapes modular cubist isometric",
  flow: "abstract gradient gradients background backdrop texture fluid liquid waves silk satin aurora marble wallpaper mesh plasma swirl",
};

const places: Readonly<Record<DraftPlace, string>> = {
  sea: "ocean sea lake beach coast island harbor harbour boat ship surf lagoon bay river water seaside",
  city: "city street building buildings architecture skyline urban tokyo london paris york downtown tower towers skyscraper cyberpunk metropolis",
  forest: "forest jungle wood woods tree trees pine taiga woodland grove rainforest",
  dunes:
    "desert dune dunes sahara sand hill hills field fields meadow farm savanna prairie vineyard",
  ridges:
    "mountain mountains ridge alps peak peaks landscape valley canyon volcano hike hiking sunrise sunset horizon cliff",
  room: "studio room interior indoor indoors table desk kitchen cafe podium pedestal showroom office shop still packshot",
};

const subjects: Readonly<Record<DraftSubject, string>> = {
  person:
    "portrait woman man person girl boy model astronaut dancer people face human lady chef worker artist athlete runner founder character",
  bottle:
    "bottle perfume wine serum lotion shampoo spray can product packaging cosmetics skincare juice beer oil",
  cup: "cup mug coffee tea espresso latte bowl matcha cappuccino",
  device:
    "phone smartphone app screen tablet device mobile iphone laptop website dashboard interface mockup",
  plant:
    "plant flower flowers bouquet vase leaf leaves cactus monstera bonsai houseplant rose tulip",
};

const nightWords = wordSet(
  "night noir galaxy neon cyberpunk midnight moonlight moon stars cosmos dark",
);

/** Finds the words that a draft knows in a prompt. Deterministic; unknown words change nothing here. */
export function readPrompt(prompt: string): PromptReading {
  const words = wordsOf(prompt);
  const place = firstNamed(words, places);
  const subject = firstNamed(words, subjects);
  return {
    words,
    look: firstNamed(words, looks) ?? "scene",
    place,
    subject,
    isNight: words.some((word) => nightWords.has(word)),
  };
}

/** The first 400 words of a text in lower case. */
function wordsOf(text: string): string[] {
  return (
    makeWellFormed(text.slice(0, 10_000))
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).slice(0, 400);
}

/** The key whose words come first in the prompt. */
function firstNamed<Key extends string>(
  words: readonly string[],
  lists: Readonly<Record<Key, string>>,
): Key | null {
  let best: { key: Key; index: number } | null = null;
  for (const key in lists) {
    const known = wordSet(lists[key]);
    const index = words.findIndex((word) => known.has(word) || known.has(word.replace(/s$/, "")));
    if (index >= 0 && (best === null || index < best.index)) best = { key, index };
  }
  return best?.key ?? null;
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}
