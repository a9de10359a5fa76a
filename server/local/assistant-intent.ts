/** What the model-free assistant can do with an instruction; `refuse` carries what to tell instead. */
export type AssistantIntent =
  | { readonly kind: "prompt"; readonly subject: string }
  | { readonly kind: "variations"; readonly subject: string; readonly count: number | null }
  | { readonly kind: "describe" }
  | { readonly kind: "split" }
  | { readonly kind: "refuse"; readonly sentence: string };

const whatItDoes =
  "The local assistant merges texts into a prompt, varies it, and measures pictures; for this, choose a model of an AI provider.";

/** Wishes that only a language model can fulfil, and how to say so. */
const refusals: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^translat/, "Translating needs a language model."],
  [/^(summari[sz]|condense|shorten|abridge)/, "Summarising needs a language model."],
  [
    /^(rewrite|rephrase|paraphrase|proofread|correct|improve|edit|polish|continue|expand|extend)\b/,
    "Rewriting text needs a language model.",
  ],
  [
    /^(explain|answer|tell|calculate|compute|solve|code|program|research|compare|chat|talk|think)\b/,
    "Answering and explaining need a language model.",
  ],
  [
    /^(write|create|make|compose|draft|generate|give)\b.{0,40}\b(story|stories|poem|e-?mail|article|essay|headlines?|slogans?|taglines?|copy|captions?|script|dialogue|song|lyrics|letter|post|blog|names?|code)\b/,
    "Writing new copy needs a language model.",
  ],
  [
    /\b(who|what|which object)\b.{0,20}\b(is|are)\b.{0,30}\b(in|on)\b.{0,12}\b(picture|image|photo)|\bread the text\b|\bocr\b|^(identify|recogni[sz]e)\b/,
    "Recognising what a picture shows needs a model.",
  ],
];

const politeness = /^((please|kindly|can you|could you|would you|will you|hi|hello|hey)[\s,!.]+)+/;
const describing =
  /\b(describe|measure|analy[sz]e|facts|colou?rs?|palette|tones?|brightness|contrast|focus|composition|how (large|big|bright|dark))\b/;
const question =
  /^(who|what|when|where|why|how|which|whose|is|are|does|do|did|should|shall|may)\b|\?\s*$/;
const varying = /\b(variations?|variants?|versions|alternatives?|options|ideas|vary|different)\b/;
const splitting =
  /^(split|separate|list|break)\b.{0,60}\b(lines?|sentences?|items?|texts?|paragraphs?|list|them|it|this)\b/;

/** Words between the wish and its subject: "write [three short prompts for a] teapot". */
const fillerWords = new Set(
  "a an the some few several more these this those all my our me us short long detailed better clean single one two three four five six seven eight nine ten new good image images video picture pictures photo prompt prompts variation variations variant variants version versions alternative alternatives option options idea ideas description text texts note notes input inputs list item items into to of for about from with on showing as and them it different please".split(
    " ",
  ),
);
const startingVerbs = new Set(
  "write create make generate build compose propose suggest assemble combine merge join vary prepare draft produce give provide come up list design".split(
    " ",
  ),
);
const numberWords = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
];

/** What is connected beside the instruction. */
export interface AssistantInputs {
  readonly hasTexts: boolean;
  readonly hasPictures: boolean;
}

/** Finds out what an instruction asks for; without one, pictures alone are described. */
export function readIntent(
  instruction: string,
  { hasTexts, hasPictures }: AssistantInputs,
): AssistantIntent {
  const line = instruction.replace(/\s+/g, " ").trim();
  const wish = line.toLowerCase().replace(politeness, "");
  const asked = line.slice(line.length - wish.length);
  if (wish === "") {
    return hasPictures && !hasTexts ? { kind: "describe" } : { kind: "prompt", subject: "" };
  }
  if (isDescribing(wish, hasPictures)) return { kind: "describe" };
  for (const [pattern, reason] of refusals) {
    if (pattern.test(wish)) return { kind: "refuse", sentence: `${reason} ${whatItDoes}` };
  }
  if (/^describe\b/.test(wish)) {
    const sentence = "Connect a picture to describe; describing words needs a language model.";
    return { kind: "refuse", sentence };
  }
  if (question.test(wish)) {
    return {
      kind: "refuse",
      sentence: `Answering questions needs a language model. ${whatItDoes}`,
    };
  }
  if (splitting.test(wish)) return { kind: "split" };
  const subject = subjectOf(asked);
  return varying.test(wish)
    ? { kind: "variations", subject: withoutAxes(subject), count: countIn(wish) }
    : { kind: "prompt", subject };
}

/** Describing is a wish for facts of pictures, not a prompt that happens to name a palette. */
function isDescribing(wish: string, hasPictures: boolean): boolean {
  if (!hasPictures || varying.test(wish)) return false;
  return (
    /^(describe|measure|analy[sz]e)\b/.test(wish) || (question.test(wish) && describing.test(wish))
  );
}

/** What is left of an instruction without the wish itself. */
function subjectOf(line: string): string {
  const words = line.split(" ");
  const isPlain = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  if (!startingVerbs.has(isPlain(words[0] ?? "")) && !varying.test(line.toLowerCase())) return line;
  let first = 0;
  while (first < words.length) {
    const word = isPlain(words[first] ?? "");
    const isFiller = startingVerbs.has(word) || fillerWords.has(word) || /^\d*$/.test(word);
    if (!isFiller) break;
    first++;
  }
  return words
    .slice(first)
    .join(" ")
    .replace(/^[\s:,.-]+/, "");
}

/** "light and framing", "with other colours": they say what to vary, not what to show. */
function withoutAxes(subject: string): string {
  const axes =
    /^((in|by|with|other|different|the|its|and|of|light|lighting|framing|angles?|cameras?|colou?rs?|palettes?|moods?|styles?)[\s,.]*)+$/i;
  return axes.test(subject) ? "" : subject;
}

function countIn(wish: string): number | null {
  const digits = /\b(\d{1,3})\b/.exec(wish)?.[1];
  if (digits !== undefined) return Number(digits);
  const index = numberWords.findIndex((word) => new RegExp(`\\b${word}\\b`).test(wish));
  return index > 0 ? index : null;
}
