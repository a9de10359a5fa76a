import { readOnlySentence } from "#domain/messages";
import { makeWellFormed } from "#domain/well-formed";
import { Refusal } from "./refusal.ts";

/** Figma's own words for what people can do something about, and what to tell them instead. */
const known: readonly (readonly [RegExp, string])[] = [
  [/read-only|not allowed to edit|edit access/i, readOnlySentence],
  [
    /does not exist|has been removed|was removed/i,
    "A layer was taken away meanwhile. Try again with what is there now.",
  ],
  [/unloaded font/i, "A font of this text is not on this computer. Change the font and try again."],
  [/out of memory|out of bounds/i, "Figma ran out of memory. Close other files and try again."],
];

/** The one sentence that a person gets to see of something that nobody expected. */
export function sentenceFor(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  const sentence = known.find(([pattern]) => pattern.test(message))?.[1];
  return sentence ?? `Figma could not do this: ${makeWellFormed(message).slice(0, 200)}`;
}
