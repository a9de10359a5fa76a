import { readFont } from "../host/read-font.ts";
import type { FontName } from "./text-content.ts";

/** The Inter weights that are there as files; each is a style of the family in Figma. */
const weights: Readonly<Record<string, string>> = {
  Thin: "100Thin",
  "Extra Light": "200ExtraLight",
  Light: "300Light",
  Regular: "400Regular",
  Medium: "500Medium",
  "Semi Bold": "600SemiBold",
  Bold: "700Bold",
  "Extra Bold": "800ExtraBold",
  Black: "900Black",
};

/** Styles of Inter the stand-in's editor has. */
export const interStyles: readonly string[] = Object.keys(weights).flatMap((weight) => [
  weight,
  weight === "Regular" ? "Italic" : `${weight} Italic`,
]);

/** Every weight of Inter that is there as a file: "400Regular", "700Bold_Italic". */
export const interWeights: readonly string[] = Object.values(weights).flatMap((weight) => [
  weight,
  `${weight}_Italic`,
]);

/** The weight of a style in CSS numbers: 400 for "Regular". */
export function fontWeight(style: string): number {
  const weight = style.replace(/ ?Italic$/, "") || "Regular";
  return Number.parseInt(weights[weight] ?? "400", 10);
}

/** Which weight of Inter draws and measures a font, other families too: "400Regular", "700Bold_Italic". */
export function weightOf(font: FontName): string {
  const weight = font.style.replace(/ ?Italic$/, "") || "Regular";
  return (weights[weight] ?? "400Regular") + (font.style.endsWith("Italic") ? "_Italic" : "");
}

interface Metrics {
  readonly unitsPerEm: number;
  readonly advanceOf: (codePoint: number) => number;
}

const metricsByWeight = new Map<string, Metrics>();

/** The width of one line of text in px, by the font's own advances, kerning left out. */
export function measureLine(font: FontName, fontSize: number, line: string): number {
  const weight = weightOf(font);
  const metrics = metricsByWeight.get(weight) ?? readMetrics(viewOf(readFont(weight)));
  metricsByWeight.set(weight, metrics);
  let units = 0;
  for (const character of line) units += metrics.advanceOf(character.codePointAt(0) ?? 0);
  return (units * fontSize) / metrics.unitsPerEm;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readName(file: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => file.getUint8(offset + index)));
}

/** Reads the tables head, hhea, hmtx and cmap (format 4) of a TrueType file. */
function readMetrics(file: DataView): Metrics {
  const tables = new Map<string, number>();
  for (let index = 0; index < file.getUint16(4); index += 1) {
    const record = 12 + index * 16;
    tables.set(readName(file, record), file.getUint32(record + 8));
  }
  const at = (name: string): number => tables.get(name) ?? 0;
  const longMetrics = file.getUint16(at("hhea") + 34);
  const glyphOf = readCharacterMap(file, at("cmap"));
  return {
    unitsPerEm: file.getUint16(at("head") + 18),
    advanceOf: (codePoint) => {
      const glyph = Math.min(glyphOf(codePoint), longMetrics - 1);
      return file.getUint16(at("hmtx") + glyph * 4);
    },
  };
}

function readCharacterMap(file: DataView, map: number): (codePoint: number) => number {
  let table = 0;
  for (let index = 0; index < file.getUint16(map + 2); index += 1) {
    const offset = map + file.getUint32(map + 4 + index * 8 + 4);
    if (file.getUint16(offset) === 4) table = offset;
  }
  const segments = file.getUint16(table + 6) / 2;
  const [ends, starts] = [table + 14, table + 16 + segments * 2];
  const [deltas, ranges] = [starts + segments * 2, starts + segments * 4];
  return (codePoint) => {
    for (let index = 0; index < segments && codePoint <= 0xffff; index += 1) {
      if (file.getUint16(ends + index * 2) < codePoint) continue;
      const start = file.getUint16(starts + index * 2);
      if (start > codePoint) return 0;
      const range = file.getUint16(ranges + index * 2);
      const delta = file.getUint16(deltas + index * 2);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = file.getUint16(ranges + index * 2 + range + (codePoint - start) * 2);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
