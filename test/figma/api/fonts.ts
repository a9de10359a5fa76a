import { FigmaError } from "../errors.ts";
import { interStyles } from "../model/font-metrics.ts";
import { fontsIn, type FontName, type TextRun } from "../model/text-content.ts";
import type { Session } from "./session.ts";

/** The families the stand-in's editor offers; Figma offers Inter and all of Google's. */
const families: Readonly<Record<string, readonly string[]>> = {
  Inter: interStyles,
  Roboto: ["Thin", "Light", "Regular", "Italic", "Medium", "Bold", "Black"],
  "Roboto Mono": ["Regular", "Medium", "Bold"],
  Georgia: ["Regular", "Italic", "Bold", "Bold Italic"],
};

/** All fonts, as `listAvailableFontsAsync` tells them. */
export function listFonts(): { readonly fontName: FontName }[] {
  return Object.entries(families).flatMap(([family, styles]) =>
    styles.map((style) => ({ fontName: { family, style } })),
  );
}

/** Whether the editor has the font. */
export function hasFont({ family, style }: FontName): boolean {
  return families[family]?.includes(style) === true;
}

/** Loads a font, or with no style the whole family, for the rest of the run (typings, loadFontAsync). */
export function loadFont(session: Session, font: { family: string; style?: string }): void {
  const styles = font.style === undefined ? (families[font.family] ?? []) : [font.style];
  const isKnown =
    styles.length > 0 && styles.every((style) => hasFont({ family: font.family, style }));
  if (!isKnown)
    throw new FigmaError(
      `The font "${[font.family, font.style].filter(Boolean).join(" ")}" could not be loaded`,
    );
  for (const style of styles) session.loadedFonts.add(`${font.family}|${style}`);
}

/** Refuses unless every font of the runs was loaded, in Figma's words. */
export function requireFonts(session: Session, operation: string, runs: readonly TextRun[]): void {
  for (const font of fontsIn(runs)) requireFont(session, operation, font);
}

/** Refuses unless this font was loaded. */
export function requireFont(
  session: Session,
  operation: string,
  { family, style }: FontName,
): void {
  if (session.loadedFonts.has(`${family}|${style}`)) return;
  throw new FigmaError(
    `in ${operation}: Cannot write to node with unloaded font "${family} ${style}". Please call figma.loadFontAsync({ family: "${family}", style: "${style}" }) and await the returned promise first.`,
  );
}
