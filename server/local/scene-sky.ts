import type { DraftStage } from "./draft-stage.ts";
import { gradientStops, svg } from "./draw-svg.ts";
import { hexOf, lighten, mixOklab, type Oklab } from "./oklab.ts";
import { between } from "./seeded-random.ts";

/** Where the light of a scene stands and how the air is coloured at the horizon. */
export interface SceneLight {
  readonly sunX: number;
  readonly sunY: number;
  readonly sunRadius: number;
  readonly horizonY: number;
  readonly haze: Oklab;
}

/** Places horizon and sun by thirds. The sun keeps to the left: the right is the subject's. */
export function placeLight(stage: DraftStage): SceneLight {
  const { random, palette, widthPx, heightPx, unitPx, reading } = stage;
  // Above the roofs of a city, low over any other land.
  const lift = reading.place === "city" ? unitPx * 24 : 0;
  const horizonY = heightPx * between(random, 0.55, 0.64);
  const sunRadius = unitPx * between(random, 6, 11);
  return {
    sunX: widthPx * between(random, 0.24, 0.42),
    sunY: horizonY - sunRadius * between(random, 0.9, 3) - lift,
    sunRadius,
    horizonY,
    haze: reading.isNight
      ? mixOklab(palette.deep, palette.accent, 0.45)
      : mixOklab(palette.light, palette.accent, 0.4),
  };
}

/** Sky, glow, sun or moon, thin clouds by day and stars by night. */
export function drawSky(stage: DraftStage, light: SceneLight): string {
  const { palette, widthPx, heightPx, reading } = stage;
  const { sunX, sunY, sunRadius } = light;
  const high = reading.isNight ? palette.ink : mixOklab(palette.main, palette.light, 0.18);
  const middle = reading.isNight ? palette.deep : mixOklab(palette.main, palette.light, 0.55);
  const disc = mixOklab(palette.light, [1, 0, 0], 0.5);
  return [
    `<defs>`,
    `<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">${gradientStops([
      { at: 0, colour: high },
      { at: 0.34, colour: middle },
      { at: 0.64, colour: light.haze },
      { at: 1, colour: palette.light },
    ])}</linearGradient>`,
    `<radialGradient id="glow">${gradientStops([
      { at: 0, colour: disc, opacity: reading.isNight ? 0.55 : 0.85 },
      { at: 0.3, colour: mixOklab(disc, light.haze, 0.5), opacity: 0.3 },
      { at: 0.6, colour: light.haze, opacity: 0.09 },
      { at: 1, colour: light.haze, opacity: 0 },
    ])}</radialGradient>`,
    `<radialGradient id="cloud">${gradientStops([
      { at: 0, colour: palette.light, opacity: 0.5 },
      { at: 1, colour: palette.light, opacity: 0 },
    ])}</radialGradient>`,
    `</defs>`,
    svg`<rect width="${widthPx}" height="${heightPx}" fill="url(#sky)"/>`,
    reading.isNight ? drawStars(stage, light) : "",
    svg`<circle cx="${sunX}" cy="${sunY}" r="${sunRadius * 5}" fill="url(#glow)"/>`,
    svg`<circle cx="${sunX}" cy="${sunY}" r="${sunRadius}" fill="${hexOf(disc)}"/>`,
    reading.isNight ? "" : drawClouds(stage, light),
  ].join("");
}

function drawStars({ random, widthPx, unitPx, palette }: DraftStage, light: SceneLight): string {
  const fill = hexOf(lighten(palette.light, 0.05));
  return Array.from({ length: 110 }, () => {
    const x = random() * widthPx;
    const y = random() ** 1.4 * light.horizonY;
    const radius = unitPx * between(random, 0.07, 0.24);
    return svg`<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" fill-opacity="${between(random, 0.25, 0.9)}"/>`;
  }).join("");
}

function drawClouds({ random, widthPx, unitPx }: DraftStage, light: SceneLight): string {
  return Array.from({ length: 7 }, () => {
    const x = random() * widthPx;
    const y = light.horizonY * between(random, 0.12, 0.8);
    const width = unitPx * between(random, 22, 60);
    return svg`<ellipse cx="${x}" cy="${y}" rx="${width}" ry="${width * between(random, 0.03, 0.07)}" fill="url(#cloud)"/>`;
  }).join("");
}

/** The colour of a layer of the land: air near the horizon (depth 0), ink near the viewer (depth 1). */
export function landColour({ palette }: DraftStage, light: SceneLight, depth: number): Oklab {
  const land = mixOklab(palette.main, palette.deep, Math.min(1, depth * 1.5));
  const near = mixOklab(land, palette.ink, depth ** 1.6 * 0.85);
  return mixOklab(light.haze, near, Math.min(1, 0.24 + depth * 0.9));
}
