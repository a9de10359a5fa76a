import * as z from "zod/mini";

/** NUL, and each half of a character pair without its other half. */
const broken = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * True when a string holds no NUL and no lone surrogate. PostgreSQL refuses NUL and both stores
 * change a lone surrogate silently (reliability.md F49), so neither passes a border of ours.
 */
export function isWellFormed(text: string): boolean {
  // Nearly every text has nothing of the kind at all, which is quicker to see.
  if (!/[\u0000\uD800-\uDFFF]/.test(text)) return true;
  return text.replace(broken, "") === text;
}

/** The text with NUL and lone surrogates taken out, for text that people typed on a canvas. */
export function makeWellFormed(text: string): string {
  return isWellFormed(text) ? text : text.replace(broken, "");
}

/** A schema for a string of at most `maxCharacters` UTF-16 units that every store keeps unchanged. */
export function textSchema(maxCharacters: number) {
  return z
    .string()
    .check(
      z.maxLength(maxCharacters),
      z.refine(isWellFormed, "holds a NUL character or half of a character pair"),
    );
}

/** An id that somebody else made: a layer's, a file's, a model's. 1-200 characters. */
export const idSchema = textSchema(200).check(z.minLength(1));
