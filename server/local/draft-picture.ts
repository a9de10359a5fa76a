import sharp from "sharp";
import { drawFlow } from "./draft-flow.ts";
import { drawGeometric } from "./draft-geometric.ts";
import { draftMark, drawLabel, layOutLabel } from "./draft-label.ts";
import { drawScene } from "./draft-scene.ts";
import { createStage, type DraftStage } from "./draft-stage.ts";
import { drawSvg } from "./draw-svg.ts";
import { MediaFailure, throwIfStopped } from "./media-failure.ts";
import { rgbToOklab, type Oklab } from "./oklab.ts";
import { readThumbnail, type Pixels } from "./open-picture.ts";
import { paletteOfColours, paletteOfPrompt, type Palette } from "./palette.ts";
import { mainColours } from "./picture-colours.ts";
import { readPrompt, type DraftLook, type PromptReading } from "./prompt-reading.ts";
import { createRandom } from "./seeded-random.ts";

/** The longest and shortest side of a draft. Figma shows no image fill larger than 4096 px. */
export const draftSidePx = { least: 64, most: 4096 } as const;

/** What stands in the file of every draft, for whoever finds it outside the canvas. */
export const draftNote =
  "Local draft, drawn by rules without an AI model. Palette and layout come from the prompt's words.";

/** The looks to choose from; "auto" lets the words of the prompt decide. */
export const draftStyles = ["auto", "scene", "flow", "geometric"] as const;
/** A look to choose, or "auto". */
type DraftStyle = (typeof draftStyles)[number];

/** What a draft is drawn from. References lend their colours. */
export interface DraftRequest {
  readonly prompt: string;
  readonly seed: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly references: readonly Uint8Array[];
  readonly style: DraftStyle;
}

const draw: Readonly<Record<DraftLook, (stage: DraftStage) => Pixels>> = {
  scene: drawScene,
  flow: drawFlow,
  geometric: drawGeometric,
};

/**
 * Draws a stand-in picture as PNG, labelled as a draft. The same request gives the same bytes on the
 * same versions of this program. Fails with a sentence for a size out of bounds or an unreadable
 * reference.
 */
export async function drawDraft(request: DraftRequest, signal?: AbortSignal): Promise<Uint8Array> {
  const { prompt, seed, widthPx, heightPx } = request;
  checkSize(widthPx, heightPx);
  const reading = readPrompt(prompt);
  const look = request.style === "auto" ? reading.look : request.style;
  const key = JSON.stringify([look, reading.words, seed]);
  const palette = await choosePalette(request, reading, key);
  throwIfStopped(signal);
  const picture = draw[look](createStage(key, { widthPx, heightPx, reading, palette }));
  throwIfStopped(signal);
  const label = drawSvg(drawLabel(layOutLabel(request)), widthPx, heightPx);
  return encode(picture, label, widthPx, heightPx);
}

function checkSize(widthPx: number, heightPx: number): void {
  const { least, most } = draftSidePx;
  for (const side of [widthPx, heightPx]) {
    if (Number.isInteger(side) && side >= least && side <= most) continue;
    throw new MediaFailure(
      "input-invalid",
      `A draft has sides of ${least} to ${most} px; ${widthPx} × ${heightPx} px was asked for.`,
    );
  }
}

async function choosePalette(
  { references }: DraftRequest,
  reading: PromptReading,
  key: string,
): Promise<Palette> {
  if (references.length === 0) return paletteOfPrompt(reading, createRandom(`palette ${key}`));
  const samples: Oklab[] = [];
  for (const reference of references)
    samples.push(...samplesOf(await readThumbnail(reference, 64)));
  const colours = mainColours(samples, 6).map(({ colour }) => colour);
  return paletteOfColours(colours, reading.isNight);
}

function samplesOf({ data }: Pixels): Oklab[] {
  const samples: Oklab[] = [];
  for (let at = 0; at + 2 < data.length; at += 3) {
    samples.push(rgbToOklab([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]));
  }
  return samples;
}

async function encode(
  picture: Pixels,
  label: Pixels,
  widthPx: number,
  heightPx: number,
): Promise<Uint8Array> {
  const raw = ({ widthPx: width, heightPx: height, channels }: Pixels) => ({
    raw: { width, height, channels },
  });
  const enlarged = sharp(picture.data, raw(picture)).resize(widthPx, heightPx, { fit: "fill" });
  return enlarged
    .composite([{ input: Buffer.from(label.data), ...raw(label), blend: "over" }])
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .withExif({
      IFD0: { ImageDescription: `${draftMark}. ${draftNote}`, Software: "Spaces for Figma" },
    })
    .toBuffer();
}
