import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where the file of a weight of Inter is; "400Regular", "700Bold_Italic". */
export function fontPath(weight: string): string {
  const file = `@expo-google-fonts/inter/${weight}/Inter_${weight}.ttf`;
  return fileURLToPath(new URL(`../../../node_modules/${file}`, import.meta.url));
}

/** The TrueType file of a weight of Inter; the playground has its own way to it. */
export function readFont(weight: string): Uint8Array {
  return readFileSync(fontPath(weight));
}
