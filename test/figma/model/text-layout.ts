import { measureLine } from "./font-metrics.ts";
import { styleAt, type TextContent, type TextStyle } from "./text-content.ts";

/** One drawn line: its characters, its box's width and height, and where it starts in the text. */
export interface TextLine {
  readonly characters: string;
  readonly start: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Inter's own line height, as a share of the font size; Figma's "Auto" (12 px gives 15). */
const autoLineHeight = 1.21;

/** Breaks a text into lines at newlines and, if a width is given, at spaces. */
export function layOutText(text: TextContent, maxWidthPx: number | null): TextLine[] {
  const lines: TextLine[] = [];
  let start = 0;
  for (const paragraph of text.characters.split("\n")) {
    for (const line of wrap(text, paragraph, start, maxWidthPx)) lines.push(line);
    start += paragraph.length + 1;
  }
  return lines;
}

/** How many lines a text layer shows at most: "Truncate text" with a number of lines (typings, maxLines). */
export function mostLines(values: Readonly<Record<string, unknown>>): number {
  const { textTruncation, maxLines } = values;
  const isCut = textTruncation === "ENDING" && typeof maxLines === "number";
  return isCut ? maxLines : Number.POSITIVE_INFINITY;
}

/** The box of a text as wide as its longest line, or `maxWidthPx` if that is given. */
export function measureText(
  text: TextContent,
  maxWidthPx: number | null,
  values: Readonly<Record<string, unknown>> = {},
): { width: number; height: number } {
  const lines = layOutText(text, maxWidthPx).slice(0, mostLines(values));
  const height = lines.reduce((sum, line) => sum + line.heightPx, 0);
  const width = maxWidthPx ?? Math.ceil(Math.max(0, ...lines.map((line) => line.widthPx)));
  return { width, height: Math.round(height) };
}

function wrap(
  text: TextContent,
  paragraph: string,
  start: number,
  maxWidthPx: number | null,
): TextLine[] {
  const whole = makeLine(text, paragraph, start);
  if (maxWidthPx === null || whole.widthPx <= maxWidthPx) return [whole];
  const lines: TextLine[] = [];
  let [line, lineStart] = ["", start];
  for (const word of paragraph.split(/(?<= )/)) {
    const longer = makeLine(text, (line + word).trimEnd(), lineStart);
    if (line !== "" && longer.widthPx > maxWidthPx) {
      lines.push(makeLine(text, line.trimEnd(), lineStart));
      lineStart += line.length;
      line = word;
    } else line += word;
  }
  return [...lines, makeLine(text, line, lineStart)];
}

function makeLine(text: TextContent, characters: string, start: number): TextLine {
  let widthPx = 0;
  let heightPx = 0;
  let offset = 0;
  for (const run of text.runs) {
    const from = Math.max(start, offset);
    const to = Math.min(start + characters.length, offset + run.length);
    if (to > from) {
      widthPx += measureRun(run.style, text.characters.slice(from, to));
      heightPx = Math.max(heightPx, lineHeightOf(run.style));
    }
    offset += run.length;
  }
  return { characters, start, widthPx, heightPx: heightPx || lineHeightOf(styleAt(text, start)) };
}

function measureRun(style: TextStyle, characters: string): number {
  const spacing = style.letterSpacing as { unit: string; value: number };
  const extra = spacing.unit === "PIXELS" ? spacing.value : (spacing.value / 100) * style.fontSize;
  return measureLine(style.fontName, style.fontSize, characters) + extra * characters.length;
}

function lineHeightOf(style: TextStyle): number {
  const lineHeight = style.lineHeight as { unit: string; value?: number };
  if (lineHeight.unit === "PIXELS") return lineHeight.value ?? 0;
  if (lineHeight.unit === "PERCENT") return ((lineHeight.value ?? 100) / 100) * style.fontSize;
  return Math.round(style.fontSize * autoLineHeight);
}
