import { fontWeight } from "../model/font-metrics.ts";
import type { Layer } from "../model/layer.ts";
import { sliceRuns, type TextContent, type TextRun } from "../model/text-content.ts";
import { layOutText, mostLines, type TextLine } from "../model/text-layout.ts";
import { cssColor, escapeXml, finite } from "./drawing.ts";

/** Space between the edge of a sticky or shape and its text. */
const paddingPx = 16;

/** Draws the text of a layer, whatever kind of layer it is, in the layer's own space. */
export function drawText(layer: Layer): string {
  const content = contentOf(layer);
  if (content === null || content.characters === "") return "";
  const isOwnBox = layer.type === "TEXT";
  const padding = isOwnBox ? 0 : paddingPx;
  const hugs = layer.values["textAutoResize"] === "WIDTH_AND_HEIGHT";
  const width = hugs ? null : Math.max(1, layer.values.width - 2 * padding);
  const lines = shownLines(layer, layOutText(content, width));
  const height = lines.reduce((sum, line) => sum + line.heightPx, 0);
  let y = topOf(layer, height, padding);
  return lines
    .map((line) => {
      y += line.heightPx;
      const x = alignedX(layer, line.widthPx, padding);
      const end = line.start + line.characters.length;
      const runs = line.characters === "" ? [] : sliceRuns(content, line.start, end);
      return drawLine(content, runs, line.start, x, y - line.heightPx * 0.24);
    })
    .join("");
}

function contentOf(layer: Layer): TextContent | null {
  const text = layer.values["textText"] as TextContent | undefined;
  const code = layer.values["code"];
  if (text !== undefined) return text;
  return typeof code === "string" ? { characters: code, runs: [] } : null;
}

/** Lines beyond `maxLines` are cut with an ellipsis, as "Truncate text" does. */
function shownLines(layer: Layer, lines: readonly TextLine[]): readonly TextLine[] {
  const most = mostLines(layer.values);
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  const last = kept.at(-1);
  return last === undefined
    ? kept
    : [...kept.slice(0, -1), { ...last, characters: `${last.characters.slice(0, -1)}…` }];
}

function drawLine(
  content: TextContent,
  runs: readonly TextRun[],
  start: number,
  x: number,
  y: number,
): string {
  let at = start;
  const parts = runs.map(({ length, style }) => {
    const characters = content.characters.slice(at, at + length);
    at += length;
    const [paint] = style.fills as readonly {
      color?: { r: number; g: number; b: number };
      opacity?: number;
    }[];
    const italic = style.fontName.style.endsWith("Italic") ? ' font-style="italic"' : "";
    const line = { UNDERLINE: "underline", STRIKETHROUGH: "line-through" }[style.textDecoration];
    const decoration = line === undefined ? "" : ` text-decoration="${line}"`;
    const opacity = finite(paint?.opacity ?? 1);
    const faint = opacity === 1 ? "" : ` fill-opacity="${opacity}"`;
    return `<tspan font-weight="${fontWeight(style.fontName.style)}" font-size="${finite(style.fontSize)}"${italic}${decoration} fill="${cssColor(paint?.color)}"${faint}>${escapeXml(characters)}</tspan>`;
  });
  if (parts.length === 0) return "";
  return `<text x="${x}" y="${y}" font-family="Inter" xml:space="preserve">${parts.join("")}</text>`;
}

function topOf(layer: Layer, height: number, padding: number): number {
  const rest = layer.values.height - height;
  const standard = ["STICKY", "TEXT", "CODE_BLOCK"].includes(layer.type) ? "TOP" : "CENTER";
  const align = layer.values["textAlignVertical"] ?? standard;
  if (align === "CENTER") return Math.max(0, rest / 2);
  return align === "BOTTOM" ? Math.max(0, rest - padding) : padding;
}

function alignedX(layer: Layer, widthPx: number, padding: number): number {
  const rest = layer.values.width - widthPx;
  const isLeft = ["STICKY", "CODE_BLOCK", "TABLE_CELL"].includes(layer.type);
  const align = layer.values["textAlignHorizontal"] ?? (isLeft ? "LEFT" : "CENTER");
  return align === "CENTER" ? rest / 2 : align === "RIGHT" ? rest - padding : padding;
}
