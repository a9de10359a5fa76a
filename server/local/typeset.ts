import { makeWellFormed } from "#domain/well-formed";
import type { Typeface } from "./typeface.ts";

/** More of a prompt than this never fits a label. UTF-16 units. */
const maxConsidered = 600;

/**
 * The text as the typeface can set it: one line, without characters that the font lacks and without
 * marks that pile up on a letter. Empty when the font has none of it.
 */
export function settableText(text: string, typeface: Typeface): string {
  const line = makeWellFormed(makeWellFormed(text).slice(0, maxConsidered))
    .normalize("NFC")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/[\p{M}\p{Cf}\p{Co}\p{Cn}]/gu, "");
  const kept = Array.from(line).filter((character) => typeface.has(character.codePointAt(0) ?? 0));
  return kept.join("").replace(/ +/g, " ").trim();
}

/** Breaks a text into at most `maxLines` lines that fit the width; the last ends in "…" when cut. */
export function wrapText(
  text: string,
  typeface: Typeface,
  sizePx: number,
  maxWidthPx: number,
  maxLines: number,
): string[] {
  const fits = (line: string) => typeface.widthOf(line, sizePx) <= maxWidthPx;
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ").flatMap((part) => breakWord(part, fits))) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (current === "" || fits(longer)) {
      current = longer;
      continue;
    }
    lines.push(current);
    current = word;
  }
  if (current !== "") lines.push(current);
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  return [...kept.slice(0, -1), shortened(kept.at(-1) ?? "", fits)];
}

/** A word as pieces that each fit a line. */
function breakWord(word: string, fits: (line: string) => boolean): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && !fits(piece + character)) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return piece === "" ? pieces : [...pieces, piece];
}

function shortened(line: string, fits: (line: string) => boolean): string {
  const characters = Array.from(line);
  while (characters.length > 0 && !fits(`${characters.join("").trimEnd()}…`)) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** The text with the characters escaped that mean something in XML. */
export function escapeXml(text: string): string {
  const names: Record<string, string> = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    '"': "&quot;",
    "'": "&apos;",
  };
  return text.replace(/[<>&"']/g, (character) => names[character] ?? "");
}
