import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { readTypeface, type Typeface } from "./typeface.ts";

const { resolve } = createRequire(import.meta.url);
const regularFile = resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf");
const semiBoldFile = resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf");

/** The font files of a draft, given by path, so that a bare machine draws the same letters. */
export const draftFontFiles: readonly string[] = [regularFile, semiBoldFile];

let loaded: { readonly regular: Typeface; readonly semiBold: Typeface } | undefined;

/** The widths and characters of the draft's fonts, read once. */
export function draftTypefaces(): { readonly regular: Typeface; readonly semiBold: Typeface } {
  loaded ??= {
    regular: readTypeface(readFileSync(regularFile)),
    semiBold: readTypeface(readFileSync(semiBoldFile)),
  };
  return loaded;
}
