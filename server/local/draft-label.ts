import { draftTypefaces } from "./draft-fonts.ts";
import { svg } from "./draw-svg.ts";
import { escapeXml, settableText, wrapText } from "./typeset.ts";
import type { Typeface } from "./typeface.ts";

/** What stands on every draft, so that nobody takes it for the work of a model. */
export const draftMark = "DRAFT - NO AI MODEL";

/** A place in a picture, in pixels. */
interface Box {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** How the label of a draft is laid out. `fontPx` are sizes of letters. */
export interface LabelLayout {
  readonly card: Box;
  readonly pill: Box;
  readonly lines: readonly string[];
  readonly note: string;
  readonly unitPx: number;
  readonly fontPx: { readonly mark: number; readonly line: number; readonly note: number };
}

/** What a label tells. */
export interface LabelRequest {
  readonly prompt: string;
  readonly seed: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

const sizes = { mark: 15, line: 25, note: 16 } as const;
const markSpacing = 0.06;

/** Lays out the label at the lower left: the pill, up to three lines of the prompt, the seed. */
export function layOutLabel(request: LabelRequest): LabelLayout {
  const { widthPx, heightPx } = request;
  const { regular, semiBold } = draftTypefaces();
  const unitPx = unitOf(widthPx, heightPx, semiBold);
  const fontPx = {
    mark: sizes.mark * unitPx,
    line: sizes.line * unitPx,
    note: sizes.note * unitPx,
  };
  const margin = 28 * unitPx;
  const padding = 22 * unitPx;
  const pillWidth = markWidth(semiBold, fontPx.mark) + 32 * unitPx;
  const room = Math.min(widthPx - 2 * margin, Math.max(620 * unitPx, 0.5 * widthPx)) - 2 * padding;
  const isTiny = heightPx < 190 * unitPx || room < pillWidth;
  const lines = isTiny ? [] : promptLines(request.prompt, semiBold, fontPx.line, room);
  const note = `Seed ${request.seed}`;
  const widest = Math.max(
    pillWidth,
    regular.widthOf(note, fontPx.note),
    ...lines.map((line) => semiBold.widthOf(line, fontPx.line)),
  );
  const pillHeight = 30 * unitPx;
  const textHeight = isTiny ? 0 : (lines.length * 33 + 18 + 24) * unitPx;
  const card: Box = {
    leftPx: isTiny ? (widthPx - pillWidth) / 2 - padding : margin,
    topPx: heightPx - (isTiny ? 0.6 * padding : margin) - 2 * padding - pillHeight - textHeight,
    widthPx: widest + 2 * padding,
    heightPx: 2 * padding + pillHeight + textHeight,
  };
  const pill: Box = {
    leftPx: card.leftPx + padding,
    topPx: card.topPx + padding,
    widthPx: pillWidth,
    heightPx: pillHeight,
  };
  return { card, pill, lines, note: isTiny ? "" : note, unitPx, fontPx };
}

/** The label as SVG in the picture's coordinates. */
export function drawLabel(layout: LabelLayout): string {
  const { card, pill, unitPx, fontPx } = layout;
  const hasCard = layout.note !== "";
  const baseline = pill.topPx + pill.heightPx + 14 * unitPx;
  const lines = layout.lines.map(
    (line, index) =>
      svg`<text x="${pill.leftPx}" y="${baseline + (index * 33 + 24) * unitPx}" font-weight="600" font-size="${fontPx.line}" fill="#fff">${escapeXml(line)}</text>`,
  );
  const noteTop = baseline + (layout.lines.length * 33 + 22) * unitPx;
  return [
    `<g font-family="Inter">`,
    hasCard
      ? svg`<rect x="${card.leftPx}" y="${card.topPx}" width="${card.widthPx}" height="${card.heightPx}" rx="${20 * unitPx}" fill="#111216" fill-opacity="0.86"/>`
      : "",
    svg`<rect x="${pill.leftPx}" y="${pill.topPx}" width="${pill.widthPx}" height="${pill.heightPx}" rx="${pill.heightPx / 2}" fill="#ffd84d"/>`,
    svg`<text x="${pill.leftPx + 16 * unitPx}" y="${pill.topPx + pill.heightPx / 2 + fontPx.mark * 0.365}" font-weight="600" font-size="${fontPx.mark}" letter-spacing="${fontPx.mark * markSpacing}" fill="#17181c">${draftMark}</text>`,
    ...lines,
    hasCard
      ? svg`<text x="${pill.leftPx}" y="${noteTop}" font-weight="400" font-size="${fontPx.note}" fill="#fff" fill-opacity="0.72">${escapeXml(layout.note)}</text>`
      : "",
    "</g>",
  ].join("");
}

/** The measure of the label: grows with the picture and never wider than its short side allows. */
function unitOf(widthPx: number, heightPx: number, typeface: Typeface): number {
  const wanted = Math.sqrt(widthPx * heightPx) / 1000;
  const widest = (widthPx * 0.94) / (markWidth(typeface, sizes.mark) + 32);
  const highest = (heightPx * 0.6) / 30;
  return Math.min(Math.max(wanted, 0.62), widest, highest);
}

function markWidth(typeface: Typeface, fontPx: number): number {
  return typeface.widthOf(draftMark, fontPx) + draftMark.length * markSpacing * fontPx;
}

function promptLines(prompt: string, typeface: Typeface, fontPx: number, room: number): string[] {
  const text = settableText(prompt, typeface);
  if (text !== "") return evenLines(text, typeface, fontPx, room);
  const isEmpty = prompt.trim() === "";
  const stand = isEmpty ? "No prompt" : "Prompt in characters that this draft cannot set";
  return wrapText(stand, typeface, fontPx, room, 3);
}

/** Wraps to as few lines as fit, then as narrow as those lines allow, so that no word is left alone. */
function evenLines(text: string, typeface: Typeface, fontPx: number, room: number): string[] {
  let lines = wrapText(text, typeface, fontPx, room, 3);
  if (lines.at(-1)?.endsWith("…") === true) return lines;
  for (let width = room * 0.95; width > room * 0.4; width -= room * 0.05) {
    const narrower = wrapText(text, typeface, fontPx, width, lines.length);
    if (narrower.join(" ") !== lines.join(" ")) break;
    lines = narrower;
  }
  return lines;
}
