import type { RungContent } from "#domain/place-content";
import { cardFonts, loadCardFonts } from "../draw/card-fonts.ts";
import { colours, paintOf } from "../draw/colours.ts";
import { markPart } from "../draw/parts.ts";
import { drawLink } from "./caption.ts";
import { arrived, imagePaint } from "./picture-rungs.ts";
import { plainRung, type PreparedRung } from "./rung.ts";

const paddingPx = 12;
const waveformHeightPx = 56;

/** A card for a sound, which no canvas plays: its waveform, its length, and the way to listen to it. */
export async function prepareSound(
  { picture, link, durationMs }: Extract<RungContent, { kind: "sound-card" }>,
  title: string,
): Promise<PreparedRung> {
  await loadCardFonts();
  const paint = picture ? imagePaint(arrived(picture.transfer)) : null;
  const length = durationMs === null ? "" : ` · ${formatLength(durationMs)}`;
  const make = (widthPx: number) => {
    const card = figma.createFrame();
    const innerPx = widthPx - 2 * paddingPx;
    card.resize(widthPx, waveformHeightPx);
    Object.assign(card, {
      fills: [paintOf(colours.quiet)],
      cornerRadius: 8,
      layoutMode: "VERTICAL",
      primaryAxisSizingMode: "AUTO",
      counterAxisSizingMode: "FIXED",
      itemSpacing: 6,
      paddingLeft: paddingPx,
      paddingRight: paddingPx,
      paddingTop: paddingPx,
      paddingBottom: paddingPx,
    } satisfies Partial<FrameNode>);
    if (paint) card.appendChild(drawWaveform(paint, innerPx));
    card.appendChild(drawTitle(title, innerPx));
    card.appendChild(drawLink(`Listen${length}`, link, colours.link));
    return card;
  };
  return { ...plainRung, kind: "sound-card", make };
}

function drawWaveform(paint: ImagePaint, widthPx: number): RectangleNode {
  const waveform = figma.createRectangle();
  waveform.resize(widthPx, waveformHeightPx);
  Object.assign(waveform, { name: "Waveform", fills: [{ ...paint, scaleMode: "FIT" }] });
  markPart(waveform, "caption");
  return waveform;
}

function drawTitle(title: string, widthPx: number): TextNode {
  const text = figma.createText();
  Object.assign(text, { fontName: cardFonts.title, fontSize: 12, characters: title });
  text.fills = [paintOf(colours.ink)];
  text.textAutoResize = "HEIGHT";
  text.textTruncation = "ENDING";
  text.maxLines = 2;
  text.resize(widthPx, text.height);
  markPart(text, "caption");
  return text;
}

/** "0:07", "12:30". */
function formatLength(durationMs: number): string {
  const seconds = Math.round(durationMs / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
