import type { DraftStage } from "./draft-stage.ts";
import { drawSvg, svg } from "./draw-svg.ts";
import { differenceOf, hexOf, mixOklab, type Oklab } from "./oklab.ts";
import type { Pixels } from "./open-picture.ts";
import { pick, type Random } from "./seeded-random.ts";

type Motif = (sizePx: number, front: string, back: string) => string;

/** A tile of side 1 × `size`, drawn from its upper left corner. */
const motifs: readonly Motif[] = [
  (size, front) =>
    svg`<path d="M0 0A${size} ${size} 0 0 1 ${size} ${size}L0 ${size}Z" fill="${front}"/>`,
  (size, front) => svg`<circle cx="${size / 2}" cy="${size / 2}" r="${size / 2}" fill="${front}"/>`,
  (size, front) => svg`<path d="M0 0H${size}L0 ${size}Z" fill="${front}"/>`,
  (size, front) =>
    svg`<path d="M0 ${size / 2}A${size / 2} ${size / 2} 0 0 1 ${size} ${size / 2}Z" fill="${front}"/><path d="M0 ${size}A${size / 2} ${size / 2} 0 0 1 ${size} ${size}Z" fill="${front}"/>`,
  (size, front, back) =>
    svg`<path d="M0 0A${size} ${size} 0 0 1 ${size} ${size}L0 ${size}Z" fill="${front}"/><path d="M0 ${size / 3}A${(size * 2) / 3} ${(size * 2) / 3} 0 0 1 ${(size * 2) / 3} ${size}L0 ${size}Z" fill="${back}"/><path d="M0 ${(size * 2) / 3}A${size / 3} ${size / 3} 0 0 1 ${size / 3} ${size}L0 ${size}Z" fill="${front}"/>`,
  (size, front) =>
    svg`<path d="M0 0A${size / 2} ${size / 2} 0 0 1 0 ${size}Z" fill="${front}"/><path d="M${size / 2} 0A${size / 2} ${size / 2} 0 0 1 ${size / 2} ${size}Z" fill="${front}"/>`,
  (size, front) =>
    svg`<path d="M0 0A${size} ${size} 0 0 1 ${size} ${size}A${size} ${size} 0 0 1 0 0Z" fill="${front}"/>`,
  (size, front) =>
    svg`<circle cx="${size / 2}" cy="${size / 2}" r="${size * 0.24}" fill="${front}"/>`,
];

/** The geometric look: a calm grid of large tiles, a few of them two by two, and tiles left empty. */
export function drawGeometric(stage: DraftStage): Pixels {
  const { random, palette, widthPx, heightPx } = stage;
  const rows = Math.min(widthPx, heightPx) < 2 ? 1 : pick(random, [4, 5]);
  const size = Math.min(widthPx, heightPx) / rows;
  const columnCount = Math.ceil(widthPx / size);
  const rowCount = Math.ceil(heightPx / size);
  const ground = palette.light;
  const pale = mixOklab(palette.main, ground, 0.55);
  const tones =
    palette.others.length > 0
      ? [palette.ink, palette.main, palette.accent, ...palette.others]
      : [palette.ink, palette.deep, palette.main, palette.accent, pale];
  const taken = new Set<number>();
  let content = svg`<rect width="${widthPx}" height="${heightPx}" fill="${hexOf(ground)}"/>`;

  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const cell = row * columnCount + column;
      if (taken.has(cell)) continue;
      const neighbours = [cell + 1, cell + columnCount, cell + columnCount + 1];
      const hasRoom = column + 1 < columnCount && row + 1 < rowCount;
      const isLarge = hasRoom && !neighbours.some((other) => taken.has(other)) && random() < 0.17;
      for (const other of isLarge ? neighbours : []) taken.add(other);
      content += drawTile(
        random,
        tones,
        ground,
        column * size,
        row * size,
        isLarge ? size * 2 : size,
      );
    }
  }
  return drawSvg(content, widthPx, heightPx);
}

function drawTile(
  random: Random,
  tones: readonly Oklab[],
  ground: Oklab,
  leftPx: number,
  topPx: number,
  sizePx: number,
): string {
  const back = random() < 0.34 ? ground : pick(random, tones);
  const front = pick(random, contrasting(back, [...tones, ground]));
  const motif = pick(random, motifs);
  const turn = pick(random, [0, 90, 180, 270]);
  const isEmpty = random() < 0.12;
  const half = sizePx / 2;
  // Half a pixel of overlap hides the hairline between neighbouring tiles.
  return [
    svg`<g transform="translate(${leftPx} ${topPx})">`,
    svg`<rect width="${sizePx + 0.5}" height="${sizePx + 0.5}" fill="${hexOf(back)}"/>`,
    isEmpty
      ? ""
      : svg`<g transform="rotate(${turn} ${half} ${half})">${motif(sizePx, hexOf(front), hexOf(back))}</g>`,
    "</g>",
  ].join("");
}

function contrasting(back: Oklab, tones: readonly Oklab[]): readonly Oklab[] {
  const clear = tones.filter((tone) => differenceOf(tone, back) > 0.02);
  return clear.length > 0 ? clear : tones;
}
