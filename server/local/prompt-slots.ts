/** The parts of a prompt, in the order in which they are written. */
const promptSlots = ["style", "subject", "setting", "framing", "light", "palette", "mood"] as const;
/** A part of a prompt. */
export type PromptSlot = (typeof promptSlots)[number];

/** The phrases of a prompt by part, each phrase once. */
export type SlottedPrompt = Readonly<Record<PromptSlot, readonly string[]>>;

/** Tried in this order: the first that knows a phrase gets it; the rest is the subject. */
const signs: readonly (readonly [slot: PromptSlot, pattern: RegExp])[] = [
  [
    "framing",
    /\b(close-?up|wide shot|wide angle|medium shot|full shot|macro|aerial|bird'?s[- ]eye|top[- ]down|overhead|low angle|high angle|eye level|over[- ]the[- ]shoulder|telephoto|fisheye|\d{2,3} ?mm|f\/\d|depth of field|bokeh|negative space|rule of thirds|centred|centered|symmetrical|isometric view|three-quarter view)\b/i,
  ],
  [
    "light",
    /\b(light|lights|lighting|lit|backlit|sunlight|sunlit|daylight|moonlight|candlelight|golden hour|blue hour|overcast|softbox|rim light|shadows?|silhouette|low-key|high-key|chiaroscuro|neon glow)\b/i,
  ],
  [
    "palette",
    /\b(palette|colou?rs?|tones|hues|monochrome|pastels?|earth tones|black and white|duotone|#[0-9a-f]{6})\b/i,
  ],
  [
    "style",
    /\b(photo|photograph|photography|photorealistic|illustration|watercolou?r|oil painting|painting|sketch|line art|vector|3d render|render|isometric|pixel art|collage|poster|film still|cinematic|editorial|product shot|packshot|anime|comic|low poly|claymation|medium format|analog film|polaroid)\b/i,
  ],
  [
    "mood",
    /\b(mood|calm|quiet|peaceful|serene|dramatic|playful|joyful|melancholic|nostalgic|mysterious|elegant|luxurious|cosy|cozy|energetic|tense|dreamy|romantic|bold|minimal|minimalist|futuristic|moody|atmosphere|atmospheric)\b/i,
  ],
  [
    "setting",
    /^(in|on|at|inside|outside|under|beneath|beside|near|against|behind|in front of|surrounded by|set in|background)\b/i,
  ],
];

/** Sorts the phrases of some texts into the parts of a prompt. Repeated phrases are kept once. */
export function slotPhrases(texts: readonly string[]): SlottedPrompt {
  const slots: Record<PromptSlot, string[]> = {
    style: [],
    subject: [],
    setting: [],
    framing: [],
    light: [],
    palette: [],
    mood: [],
  };
  const seen = new Set<string>();
  for (const phrase of texts.flatMap(phrasesOf)) {
    const key = phrase.toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    slots[slotOf(phrase)].push(phrase);
  }
  // The first phrase is the subject even when it names a light or a style: something must be shown.
  const [first] = texts.flatMap(phrasesOf);
  if (slots.subject.length > 0 || first === undefined) return slots;
  const home = slotOf(first);
  return { ...slots, [home]: slots[home].filter((phrase) => phrase !== first), subject: [first] };
}

/** Writes the parts as one prompt: phrases joined by commas, a capital first, one full stop. */
export function writePrompt(slots: SlottedPrompt): string {
  const phrases = promptSlots.flatMap((slot) => slots[slot]);
  const line = phrases.join(", ").replace(/\s+/g, " ").trim();
  if (line === "") return "";
  const capital = line.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

function slotOf(phrase: string): PromptSlot {
  // A long phrase is about a thing, even if it mentions the light on it.
  if (phrase.split(" ").length > 9) return "subject";
  return signs.find(([, pattern]) => pattern.test(phrase))?.[0] ?? "subject";
}

/** A text as phrases: cut at commas, ends of sentences and lines; list marks are taken off. */
function phrasesOf(text: string): string[] {
  return text
    .split(/[\n\r;]+|,(?!\d)\s*|(?<=[\p{L})"'])[.!]+(?:\s+|$)/u)
    .map((phrase) =>
      phrase
        .replace(/^\s*(?:[-*•–]|\d{1,2}[.)])\s+/, "")
        .replace(/\s+/g, " ")
        .trim()
        .replace(/^and\s+/i, ""),
    )
    .filter((phrase) => /[\p{L}\p{N}]/u.test(phrase));
}
