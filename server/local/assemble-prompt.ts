import { makeWellFormed } from "#domain/well-formed";
import { readIntent } from "./assistant-intent.ts";
import { coloursInWords, describeInWords } from "./describe-in-words.ts";
import type { PictureFacts } from "./picture-facts.ts";
import { slotPhrases, writePrompt, type SlottedPrompt } from "./prompt-slots.ts";
import { slotsToVary, varyPrompt } from "./prompt-variations.ts";

/** The most items of a list, and the most characters of one text that come out. */
const assembleLimits = { items: 20, characters: 8_000 } as const;

/** What the model-free assistant works from. `listItems` null asks for one text. */
export interface AssembleRequest {
  readonly instruction: string;
  readonly texts: readonly string[];
  readonly references: readonly PictureFacts[];
  readonly seed: number;
  readonly listItems: number | null;
}

/** What it made, or a sentence that says what it cannot do. `notes` are sentences for the designer. */
export type Assembly =
  | { readonly kind: "text"; readonly text: string; readonly notes: readonly string[] }
  | { readonly kind: "list"; readonly items: readonly string[]; readonly notes: readonly string[] }
  | { readonly kind: "refused"; readonly sentence: string };

const madeByRules = "Assembled by rules, without a language model.";

/**
 * Merges texts and facts of pictures into a prompt, varies it, splits texts or describes pictures.
 * Pure: the same request gives the same words. Refuses what would take a language model.
 */
export function assemblePrompt(request: AssembleRequest): Assembly {
  const instruction = makeWellFormed(request.instruction);
  const texts = request.texts.map(makeWellFormed).filter((text) => text.trim() !== "");
  const intent = readIntent(instruction, {
    hasTexts: texts.length > 0,
    hasPictures: request.references.length > 0,
  });
  switch (intent.kind) {
    case "refuse":
      return { kind: "refused", sentence: intent.sentence };
    case "describe":
      return answer(request, request.references.map(describeInWords), "separate");
    case "split":
      return texts.length > 0
        ? answer(request, texts.flatMap(linesOf), "separate")
        : { kind: "refused", sentence: "Connect a text to split." };
    case "prompt":
    case "variations": {
      const slots = slotsFrom([intent.subject, ...texts], request.references);
      if (writePrompt(slots) === "") {
        return {
          kind: "refused",
          sentence:
            "There is nothing to work from. Write what to show, or connect a text or a picture.",
        };
      }
      const wanted = intent.kind === "variations" ? (intent.count ?? 4) : 1;
      const count = request.listItems ?? wanted;
      if (count === 1 && intent.kind === "prompt")
        return answer(request, [writePrompt(slots)], "one");
      const varied = slotsToVary(intent.kind === "variations" ? instruction : "", slots);
      const prompts = varyPrompt(slots, varied, request.seed, clampCount(count));
      return answer(request, prompts.map(writePrompt), "numbered");
    }
  }
}

function slotsFrom(texts: readonly string[], references: readonly PictureFacts[]): SlottedPrompt {
  const slots = slotPhrases(texts);
  return {
    ...slots,
    palette: [...slots.palette, ...references.map(paletteOf)],
    light: slots.light.length > 0 ? slots.light : references.slice(0, 1).map(lightOf),
  };
}

function paletteOf(facts: PictureFacts): string {
  return `palette of ${coloursInWords(facts, 3).replace(/ \(\d+%\)/g, "")}`;
}

function lightOf({ tone, temperature, contrastWord }: PictureFacts): string {
  const warmth = temperature === "neutral" ? "" : `${temperature} `;
  return `${tone} ${warmth}light with ${contrastWord} contrast`;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const filled = lines.filter((line) => line !== "");
  const parts = filled.length > 1 ? filled : text.split(/(?<=[.!?])\s+/).map((part) => part.trim());
  return parts
    .map((part) => part.replace(/^(?:[-*•–]|\d{1,2}[.)])\s+/, ""))
    .filter((part) => part !== "");
}

/** The items as a list, or as one text when that was asked for. */
function answer(
  { listItems }: AssembleRequest,
  items: readonly string[],
  form: "one" | "separate" | "numbered",
): Assembly {
  const notes = [madeByRules];
  const most = clampCount(listItems ?? assembleLimits.items);
  const kept = items.slice(0, most);
  if (kept.length < items.length)
    notes.push(`Only the first ${most} of ${items.length} items were kept.`);
  if (listItems !== null) {
    const cut = kept.map(shortened);
    if (cut.some((text, index) => text !== kept[index])) notes.push("Long items were cut.");
    return { kind: "list", items: cut, notes };
  }
  const isNumbered = form === "numbered" && kept.length > 1;
  const whole = isNumbered
    ? kept.map((item, index) => `${index + 1}. ${item}`).join("\n")
    : kept.join("\n\n");
  const text = shortened(whole);
  if (text !== whole) notes.push("The text was cut because it was too long.");
  return { kind: "text", text, notes };
}

function shortened(text: string): string {
  if (text.length <= assembleLimits.characters) return text;
  return `${makeWellFormed(text.slice(0, assembleLimits.characters - 1)).trimEnd()}…`;
}

function clampCount(count: number): number {
  return Math.min(assembleLimits.items, Math.max(1, Math.floor(count)));
}
