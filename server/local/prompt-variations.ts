import type { PromptSlot, SlottedPrompt } from "./prompt-slots.ts";
import { createRandom, type Random } from "./seeded-random.ts";

/** The parts of a prompt that variations play on. */
export type VariedSlot = Exclude<PromptSlot, "subject" | "setting">;

const choices: Readonly<Record<VariedSlot, readonly string[]>> = {
  light: [
    "soft window light from the left",
    "golden hour backlight",
    "overcast daylight without hard shadows",
    "one hard light with long shadows",
    "blue hour with warm practical lights",
    "bright high-key studio light",
    "low-key light with a thin rim",
    "dappled light through leaves",
    "neon light from two sides",
    "early morning mist and low sun",
  ],
  framing: [
    "wide shot with generous negative space",
    "close-up on the texture",
    "eye level, centred and symmetrical",
    "low angle, the subject against the sky",
    "top-down flat lay",
    "three-quarter view on the right third",
    "telephoto with a blurred foreground",
    "medium shot with room for a headline above",
    "macro with shallow depth of field",
    "aerial view, the subject small in its surroundings",
  ],
  palette: [
    "palette of cream, sage and charcoal",
    "palette of terracotta, sand and deep teal",
    "palette of navy, ice blue and white",
    "palette of blush, plum and gold",
    "monochrome greys with one yellow accent",
    "palette of forest green, moss and amber",
    "palette of lavender, sky blue and peach",
    "palette of black, ivory and red",
    "pastel colours of mint, coral and lemon",
    "earth tones with a cobalt accent",
  ],
  mood: [
    "calm and quiet mood",
    "bold and energetic mood",
    "nostalgic mood",
    "elegant, restrained mood",
    "playful mood",
    "mysterious mood",
    "warm and cosy mood",
    "clean, futuristic mood",
    "dreamy mood",
    "confident, editorial mood",
  ],
  style: [
    "Editorial photograph",
    "Cinematic film still",
    "Flat vector illustration",
    "Watercolour on rough paper",
    "Soft 3D render",
    "Analog film photograph with grain",
    "Line art with one fill colour",
    "Paper collage",
  ],
};

const axisWords: readonly (readonly [slot: VariedSlot, pattern: RegExp])[] = [
  ["light", /\b(light|lights|lighting|time of day)\b/i],
  ["framing", /\b(framings?|angles?|cameras?|shots?|viewpoints?|compositions?|crops?)\b/i],
  ["palette", /\b(colou?rs?|palettes?|colourways?|colorways?)\b/i],
  ["mood", /\b(moods?|atmospheres?|feelings?|emotions?)\b/i],
  ["style", /\b(styles?|looks?|techniques?|media)\b/i],
];

/**
 * The parts to vary: those that the instruction names, else light, framing, palette and mood as far as
 * the prompt leaves them open, else light and framing.
 */
export function slotsToVary(instruction: string, slots: SlottedPrompt): readonly VariedSlot[] {
  const named = axisWords.filter(([, pattern]) => pattern.test(instruction)).map(([slot]) => slot);
  if (named.length > 0) return named;
  const usual: readonly VariedSlot[] = ["light", "framing", "palette", "mood"];
  const open = usual.filter((slot) => slots[slot].length === 0);
  return open.length > 0 ? open : ["light", "framing"];
}

/** `count` prompts that differ in the given parts. The same seed gives the same ones. */
export function varyPrompt(
  slots: SlottedPrompt,
  varied: readonly VariedSlot[],
  seed: number,
  count: number,
): SlottedPrompt[] {
  const random = createRandom(`variations ${seed}`);
  const axes = enoughFor(varied, count);
  const orders = axes.map((slot) => ({ slot, order: shuffled(random, choices[slot]) }));
  return Array.from({ length: count }, (_, index) => {
    const changes = orders.map(({ slot, order }, axis) => {
      // Each further round shifts the parts against each other, so that no two prompts are alike.
      const round = Math.floor(index / order.length);
      return [slot, [order[(index + round * (axis + 1) * axis) % order.length] ?? ""]] as const;
    });
    return { ...slots, ...Object.fromEntries(changes) };
  });
}

/** One part alone runs out of choices in a long list; then a second one varies too. */
function enoughFor(varied: readonly VariedSlot[], count: number): readonly VariedSlot[] {
  const [only] = varied;
  if (varied.length !== 1 || only === undefined || count <= choices[only].length) return varied;
  return [only, only === "framing" ? "light" : "framing"];
}

function shuffled(random: Random, values: readonly string[]): string[] {
  return values
    .map((value) => ({ value, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ value }) => value);
}
