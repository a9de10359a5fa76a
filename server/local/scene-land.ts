import type { DraftStage } from "./draft-stage.ts";
import { gradientStops, svg, svgNumber } from "./draw-svg.ts";
import { hexOf, lighten, mixOklab, type Oklab } from "./oklab.ts";
import { landColour, type SceneLight } from "./scene-sky.ts";
import { between } from "./seeded-random.ts";

/** Mountain chains one behind the other, each with mist at its foot. */
export function drawRidges(stage: DraftStage, light: SceneLight): string {
  const { heightPx, noise } = stage;
  return drawLayers(stage, light, 6, (across, depth, layer) => {
    let peaks = 0;
    for (let octave = 0; octave < 5; octave++) {
      const scale = 2 ** octave;
      const crease = Math.abs(
        noise(across * (1.5 + depth) * scale + layer * 13.7, layer * 5.3 + octave, 1),
      );
      peaks += (1 - 2.2 * crease) / scale ** 1.15;
    }
    return heightPx * (0.13 - 0.06 * depth) * (peaks - 0.35);
  });
}

/** Long soft hills. */
export function drawDunes(stage: DraftStage, light: SceneLight): string {
  const { heightPx, noise } = stage;
  return drawLayers(stage, light, 5, (across, depth, layer) => {
    const swell = noise(across * (0.55 + 0.35 * depth) + layer * 9.1, layer * 3.7, 1);
    const crest = 1 - Math.abs(noise(across * 0.8 + layer * 21.3, 40 + layer, 1));
    return heightPx * (0.1 * swell + 0.09 * crest ** 3);
  });
}

/** Rows of conifers with mist between them. */
export function drawForest(stage: DraftStage, light: SceneLight): string {
  const { widthPx, heightPx, random, noise, unitPx } = stage;
  const rows = 5;
  return Array.from({ length: rows }, (_, row) => {
    const depth = row / (rows - 1);
    const foot = light.horizonY + (heightPx - light.horizonY) * depth * 0.82;
    const tall = unitPx * (12 + 30 * depth);
    let path = svg`M0 ${heightPx}L0 ${foot}`;
    for (let x = -tall * 0.2; x < widthPx + tall; x += tall * between(random, 0.1, 0.26)) {
      const ground = foot - heightPx * 0.05 * noise((x / widthPx) * 1.8 + row * 7, row, 2);
      path += pine(x, ground, tall * between(random, 0.5, 1.1));
    }
    return land(
      stage,
      light,
      depth,
      row,
      foot - tall,
      `${path}L${svgNumber(widthPx)} ${svgNumber(heightPx)}Z`,
    );
  }).join("");
}

/** A conifer as an outline that starts and ends on the ground. */
function pine(x: number, ground: number, tall: number): string {
  const half = tall * 0.15;
  const tiers = [0.32, 0.58, 0.8];
  const left = tiers.map((part, index) => {
    const width = half * (1 - index * 0.26);
    return svg`L${x - width} ${ground - tall * (part - 0.26)}L${x - width * 0.45} ${ground - tall * part}`;
  });
  const right = [...tiers].reverse().map((part, fromTop) => {
    const width = half * (1 - (tiers.length - 1 - fromTop) * 0.26);
    return svg`L${x + width * 0.45} ${ground - tall * part}L${x + width} ${ground - tall * (part - 0.26)}`;
  });
  return svg`L${x - half} ${ground}${left.join("")}L${x} ${ground - tall}${right.join("")}L${x + half} ${ground}`;
}

/** Water to the horizon, a far coast, and the path of the light on the water. */
export function drawSea(stage: DraftStage, light: SceneLight): string {
  const { widthPx, heightPx, random, noise, palette, unitPx, reading } = stage;
  const { horizonY, sunX, sunRadius } = light;
  const near = mixOklab(palette.deep, palette.ink, reading.isNight ? 0.75 : 0.45);
  const far = mixOklab(light.haze, palette.main, 0.55);
  let coast = svg`M0 ${horizonY + 1}`;
  for (let step = 0; step <= 80; step++) {
    const across = step / 80;
    const rise = Math.max(0, noise(across * 2.4 + 3, 8.8, 4) + across * 0.5 - 0.2);
    coast += svg`L${across * widthPx} ${horizonY - rise * unitPx * 9}`;
  }
  let glitter = "";
  for (let line = 0; line < 90; line++) {
    const depth = (line / 90) ** 1.5;
    const y = horizonY + unitPx * 0.4 + (heightPx - horizonY) * depth;
    const spread = sunRadius * (0.7 + 2.6 * depth);
    const x = sunX + (random() + random() - 1) * spread;
    const half = unitPx * between(random, 0.6, 3.2) * (0.5 + 1.8 * depth);
    glitter += svg`<rect x="${x - half}" y="${y}" width="${2 * half}" height="${unitPx * (0.14 + 0.4 * depth)}" rx="${unitPx * 0.2}" fill="${hexOf(palette.light)}" fill-opacity="${(1 - depth) * 0.6 * random() + 0.1}"/>`;
  }
  let swell = "";
  for (let line = 0; line < 46; line++) {
    const depth = ((line + random()) / 46) ** 1.7;
    const y = horizonY + (heightPx - horizonY) * depth;
    const half = unitPx * between(random, 8, 30) * (0.4 + 1.4 * depth);
    const tone = random() < 0.5 ? lighten(far, 0.08) : near;
    swell += svg`<ellipse cx="${random() * widthPx}" cy="${y}" rx="${half}" ry="${unitPx * (0.1 + 0.5 * depth)}" fill="${hexOf(tone)}" fill-opacity="0.22"/>`;
  }
  const water = gradientStops([
    { at: 0, colour: far },
    { at: 0.3, colour: mixOklab(far, palette.deep, 0.6) },
    { at: 1, colour: near },
  ]);
  return [
    svg`<path d="${coast}L${widthPx} ${horizonY + 1}Z" fill="${hexOf(landColour(stage, light, 0.3))}"/>`,
    `<defs><linearGradient id="water" x1="0" y1="0" x2="0" y2="1">${water}</linearGradient></defs>`,
    svg`<rect y="${horizonY}" width="${widthPx}" height="${heightPx - horizonY}" fill="url(#water)"/>`,
    swell,
    glitter,
  ].join("");
}

type Rise = (across: number, depth: number, layer: number) => number;

function drawLayers(stage: DraftStage, light: SceneLight, count: number, rise: Rise): string {
  const { widthPx, heightPx } = stage;
  // The outline is as wavy in a wide picture as in a tall one.
  const stretch = widthPx / Math.min(widthPx, heightPx * 1.5);
  return Array.from({ length: count }, (_, layer) => {
    const depth = layer / (count - 1);
    const base = light.horizonY + (heightPx - light.horizonY) * depth ** 1.25 * 0.8;
    let path = svg`M0 ${heightPx}`;
    let top = base;
    const steps = 220;
    for (let step = 0; step <= steps; step++) {
      const across = step / steps;
      const y = Math.min(heightPx, base - rise(across * stretch, depth, layer));
      top = Math.min(top, y);
      path += svg`L${across * widthPx} ${y}`;
    }
    return land(stage, light, depth, layer, top, svg`${path}L${widthPx} ${heightPx}Z`);
  }).join("");
}

/** One layer of land, darker at its crest, dissolving into haze at its foot. */
function land(
  stage: DraftStage,
  light: SceneLight,
  depth: number,
  layer: number,
  top: number,
  path: string,
): string {
  const crest: Oklab = landColour(stage, light, depth);
  const foot = mixOklab(crest, light.haze, 0.5 * (1 - depth) + 0.06);
  const bottom = top + (stage.heightPx - light.horizonY) * (0.45 + 0.35 * depth);
  const stops = gradientStops([
    { at: 0, colour: crest },
    { at: 1, colour: foot },
  ]);
  return [
    svg`<defs><linearGradient id="land${layer}" gradientUnits="userSpaceOnUse" x1="0" y1="${top}" x2="0" y2="${bottom}">${stops}</linearGradient></defs>`,
    svg`<path d="${path}" fill="url(#land${layer})"/>`,
  ].join("");
}
