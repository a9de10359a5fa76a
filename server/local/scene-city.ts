import type { DraftStage } from "./draft-stage.ts";
import { gradientStops, svg } from "./draw-svg.ts";
import { hexOf, mixOklab } from "./oklab.ts";
import { landColour, type SceneLight } from "./scene-sky.ts";
import { between, pick } from "./seeded-random.ts";

const rows = 4;

/** Rows of towers in the haze, windows in the nearer ones, a quay in front. */
export function drawCity(stage: DraftStage, light: SceneLight): string {
  const { widthPx, heightPx, palette } = stage;
  const quay = light.horizonY + (heightPx - light.horizonY) * 0.62;
  const street = mixOklab(palette.ink, palette.deep, 0.25);
  const stops = gradientStops([
    { at: 0, colour: mixOklab(street, light.haze, 0.25) },
    { at: 1, colour: street },
  ]);
  return [
    ...Array.from({ length: rows }, (_, row) => drawRow(stage, light, row / (rows - 1), quay)),
    `<defs><linearGradient id="street" x1="0" y1="0" x2="0" y2="1">${stops}</linearGradient></defs>`,
    svg`<rect y="${quay}" width="${widthPx}" height="${heightPx - quay}" fill="url(#street)"/>`,
    drawReflections(stage, quay),
  ].join("");
}

/** Lights of the windows, drawn out on the wet ground. */
function drawReflections(
  { random, widthPx, heightPx, unitPx, palette }: DraftStage,
  quay: number,
): string {
  const stops = gradientStops([
    { at: 0, colour: palette.accent, opacity: 0.42 },
    { at: 1, colour: palette.accent, opacity: 0 },
  ]);
  let streaks = `<defs><linearGradient id="streak" x1="0" y1="0" x2="0" y2="1">${stops}</linearGradient></defs>`;
  for (let count = 0; count < 26; count++) {
    const x = random() * widthPx;
    const long = (heightPx - quay) * between(random, 0.35, 0.95);
    streaks += svg`<rect x="${x}" y="${quay}" width="${unitPx * between(random, 0.3, 1.6)}" height="${long}" fill="url(#streak)" fill-opacity="${between(random, 0.2, 0.9)}"/>`;
  }
  return streaks;
}

function drawRow(stage: DraftStage, light: SceneLight, depth: number, quay: number): string {
  const { random, widthPx, unitPx } = stage;
  const foot = light.horizonY + (quay - light.horizonY) * depth;
  const colour = landColour(stage, light, 0.1 + 0.75 * depth);
  const haze = mixOklab(colour, light.haze, 0.45 * (1 - depth) + 0.1);
  const id = `row${Math.round(depth * 10)}`;
  const tallest = unitPx * (50 - 14 * depth);
  const stops = gradientStops([
    { at: 0, colour },
    { at: 1, colour: haze },
  ]);
  let towers = svg`<defs><linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="0" y1="${foot - tallest}" x2="0" y2="${foot + unitPx * 6}">${stops}</linearGradient></defs>`;
  let x = -unitPx * between(random, 0, 6);
  while (x < widthPx) {
    const wide = unitPx * between(random, 5, 10) * (0.75 + 0.5 * depth);
    const tall = tallest * between(random, 0.25, 1) * between(random, 0.6, 1);
    const top = foot - tall;
    towers += svg`<rect x="${x}" y="${top}" width="${wide + 0.6}" height="${quay - top + 1}" fill="url(#${id})"/>`;
    towers += drawRoof(stage, id, x, top, wide);
    if (depth > 0.2) towers += drawWindows(stage, depth, x, top, wide, quay);
    x += wide + (random() < 0.25 ? unitPx * between(random, 1, 4) : 0);
  }
  return towers;
}

function drawRoof(
  { random, unitPx }: DraftStage,
  id: string,
  x: number,
  top: number,
  wide: number,
): string {
  const kind = random();
  if (kind < 0.3) {
    const step = wide * 0.22;
    return svg`<rect x="${x + step}" y="${top - unitPx * 2.4}" width="${wide - 2 * step}" height="${unitPx * 2.6}" fill="url(#${id})"/>`;
  }
  if (kind < 0.42) {
    return svg`<rect x="${x + wide / 2}" y="${top - unitPx * 6}" width="${unitPx * 0.35}" height="${unitPx * 6.2}" fill="url(#${id})"/>`;
  }
  return "";
}

function drawWindows(
  { random, palette, unitPx, reading }: DraftStage,
  depth: number,
  x: number,
  top: number,
  wide: number,
  quay: number,
): string {
  const gap = unitPx * (1.35 + 0.5 * depth);
  const columns = Math.max(1, Math.floor((wide - gap) / gap));
  const lit = reading.isNight ? 0.42 : 0.2;
  const fills = [0.15, 0.5, 0.9].map((part) =>
    hexOf(mixOklab(palette.light, palette.accent, part)),
  );
  let windows = "";
  for (let y = top + gap; y < quay - gap; y += gap * 1.25) {
    for (let column = 0; column < columns; column++) {
      if (random() >= lit) continue;
      const left = x + (wide - (columns - 0.45) * gap) / 2 + column * gap;
      windows += svg`<rect x="${left}" y="${y}" width="${gap * 0.5}" height="${gap * 0.66}" fill="${pick(random, fills)}" fill-opacity="${between(random, 0.3, 0.9)}"/>`;
    }
  }
  return windows;
}
