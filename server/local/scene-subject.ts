import type { DraftStage } from "./draft-stage.ts";
import { gradientStops, svg } from "./draw-svg.ts";
import { hexOf, lighten, mixOklab, oklch, type Oklab } from "./oklab.ts";
import type { DraftSubject } from "./prompt-reading.ts";

/** Where a subject stands (the middle of its foot) and how tall it is, in pixels. */
export interface Standing {
  readonly x: number;
  readonly y: number;
  readonly tallPx: number;
}

/** The tone of a shop-window dummy: it stands for a person, it does not show one. */
const mannequin = oklch(0.84, 0.04, 62);

/** A stand-in for the subject: its place and weight in the layout, not its likeness. */
export function drawSubject(stage: DraftStage, subject: DraftSubject, standing: Standing): string {
  switch (subject) {
    case "person":
      return drawPerson(stage, standing);
    case "bottle":
      return drawBottle(stage, standing);
    case "cup":
      return drawCup(stage, standing);
    case "device":
      return drawDevice(stage, standing);
    case "plant":
      return drawPlant(stage, standing);
  }
}

/** Light from the left: a gradient across a body. */
function across(id: string, colour: Oklab, strength: number): string {
  const stops = gradientStops([
    { at: 0, colour: lighten(colour, strength * 0.4) },
    { at: 0.28, colour: lighten(colour, strength) },
    { at: 1, colour: lighten(colour, -strength * 1.3) },
  ]);
  return `<defs><linearGradient id="${id}">${stops}</linearGradient></defs>`;
}

function groundShadow({ palette }: DraftStage, { x, y, tallPx }: Standing, wide: number): string {
  const stops = gradientStops([
    { at: 0, colour: palette.ink, opacity: 0.5 },
    { at: 1, colour: palette.ink, opacity: 0 },
  ]);
  return [
    `<defs><radialGradient id="ground">${stops}</radialGradient></defs>`,
    svg`<ellipse cx="${x + wide * 0.18}" cy="${y}" rx="${wide}" ry="${tallPx * 0.045}" fill="url(#ground)"/>`,
  ].join("");
}

function drawPerson(stage: DraftStage, { x, y, tallPx: tall }: Standing): string {
  const { palette, reading } = stage;
  const coat = mixOklab(palette.ink, palette.deep, reading.isNight ? 0.15 : 0.35);
  const skin = mixOklab(mannequin, palette.ink, reading.isNight ? 0.35 : 0.08);
  const s = tall / 100;
  return [
    across("coat", coat, 0.06),
    across("skin", skin, 0.06),
    svg`<path d="M${x - 5.5 * s} ${y - 72 * s}h${11 * s}v${14 * s}h${-11 * s}Z" fill="${hexOf(lighten(skin, -0.08))}"/>`,
    svg`<path d="M${x - 33 * s} ${y}C${x - 33 * s} ${y - 38 * s} ${x - 30 * s} ${y - 52 * s} ${x - 18 * s} ${y - 57 * s}C${x - 11 * s} ${y - 60 * s} ${x - 7 * s} ${y - 61 * s} ${x - 6 * s} ${y - 65 * s}C${x - 3 * s} ${y - 61 * s} ${x + 3 * s} ${y - 61 * s} ${x + 6 * s} ${y - 65 * s}C${x + 7 * s} ${y - 61 * s} ${x + 11 * s} ${y - 60 * s} ${x + 18 * s} ${y - 57 * s}C${x + 30 * s} ${y - 52 * s} ${x + 33 * s} ${y - 38 * s} ${x + 33 * s} ${y}Z" fill="url(#coat)"/>`,
    svg`<ellipse cx="${x}" cy="${y - 82 * s}" rx="${10.5 * s}" ry="${13.5 * s}" fill="url(#skin)"/>`,
    svg`<path d="M${x - 11.6 * s} ${y - 79 * s}C${x - 14 * s} ${y - 100 * s} ${x + 14 * s} ${y - 101 * s} ${x + 12 * s} ${y - 78 * s}C${x + 10 * s} ${y - 90 * s} ${x - 4 * s} ${y - 92 * s} ${x - 11.6 * s} ${y - 79 * s}Z" fill="${hexOf(palette.ink)}"/>`,
  ].join("");
}

function drawBottle(stage: DraftStage, standing: Standing): string {
  const { palette } = stage;
  const { x, y, tallPx: tall } = standing;
  const half = tall * 0.19;
  const glass = palette.deep;
  const paper = mixOklab(palette.light, palette.accent, 0.12);
  const shoulder = y - tall * 0.62;
  return [
    groundShadow(stage, standing, half * 1.8),
    across("glass", glass, 0.1),
    across("cap", palette.ink, 0.07),
    svg`<path d="M${x - half} ${y - tall * 0.02}V${shoulder}C${x - half} ${y - tall * 0.74} ${x - half * 0.36} ${y - tall * 0.72} ${x - half * 0.36} ${y - tall * 0.8}H${x + half * 0.36}C${x + half * 0.36} ${y - tall * 0.72} ${x + half} ${y - tall * 0.74} ${x + half} ${shoulder}V${y - tall * 0.02}Q${x + half} ${y} ${x + half * 0.86} ${y}H${x - half * 0.86}Q${x - half} ${y} ${x - half} ${y - tall * 0.02}Z" fill="url(#glass)"/>`,
    svg`<rect x="${x - half * 0.44}" y="${y - tall}" width="${half * 0.88}" height="${tall * 0.21}" rx="${half * 0.08}" fill="url(#cap)"/>`,
    svg`<rect x="${x - half * 0.72}" y="${y - tall * 0.5}" width="${half * 1.44}" height="${tall * 0.34}" rx="${half * 0.06}" fill="${hexOf(paper)}"/>`,
    svg`<rect x="${x - half * 0.46}" y="${y - tall * 0.42}" width="${half * 0.92}" height="${tall * 0.022}" fill="${hexOf(palette.ink)}" fill-opacity="0.75"/>`,
    svg`<rect x="${x - half * 0.3}" y="${y - tall * 0.37}" width="${half * 0.6}" height="${tall * 0.014}" fill="${hexOf(palette.ink)}" fill-opacity="0.4"/>`,
    svg`<rect x="${x - half * 0.82}" y="${shoulder}" width="${half * 0.14}" height="${tall * 0.56}" rx="${half * 0.07}" fill="#fff" fill-opacity="0.3"/>`,
  ].join("");
}

function drawCup(stage: DraftStage, standing: Standing): string {
  const { palette } = stage;
  const { x, y, tallPx } = standing;
  const tall = tallPx * 0.62;
  const half = tall * 0.56;
  const rim = y - tall;
  const depth = half * 0.2;
  const clay = mixOklab(palette.light, palette.accent, 0.22);
  const drink = mixOklab(palette.ink, palette.main, 0.3);
  return [
    groundShadow(stage, standing, half * 1.7),
    across("clay", clay, 0.07),
    svg`<path d="M${x + half * 0.9} ${rim + tall * 0.24}c${half * 0.75} ${-tall * 0.12} ${half * 0.72} ${tall * 0.54} ${-half * 0.1} ${tall * 0.42}" fill="none" stroke="${hexOf(lighten(clay, -0.1))}" stroke-width="${half * 0.17}" stroke-linecap="round"/>`,
    svg`<path d="M${x - half} ${rim}C${x - half} ${y - tall * 0.3} ${x - half * 0.72} ${y} ${x - half * 0.5} ${y}H${x + half * 0.5}C${x + half * 0.72} ${y} ${x + half} ${y - tall * 0.3} ${x + half} ${rim}Z" fill="url(#clay)"/>`,
    svg`<ellipse cx="${x}" cy="${rim}" rx="${half}" ry="${depth}" fill="${hexOf(lighten(clay, 0.04))}"/>`,
    svg`<ellipse cx="${x}" cy="${rim + depth * 0.14}" rx="${half * 0.9}" ry="${depth * 0.82}" fill="${hexOf(drink)}"/>`,
  ].join("");
}

function drawDevice(stage: DraftStage, standing: Standing): string {
  const { palette } = stage;
  const { x, y, tallPx: tall } = standing;
  const wide = tall * 0.5;
  const left = x - wide / 2;
  const top = y - tall;
  const edge = wide * 0.045;
  const inner = wide - 2 * edge;
  const line = (part: number, width: number, opacity: number) =>
    svg`<rect x="${left + edge + inner * 0.1}" y="${top + tall * part}" width="${inner * width}" height="${tall * 0.024}" rx="${tall * 0.012}" fill="${hexOf(palette.ink)}" fill-opacity="${opacity}"/>`;
  const picture = gradientStops([
    { at: 0, colour: palette.accent },
    { at: 1, colour: palette.main },
  ]);
  return [
    groundShadow(stage, standing, wide * 0.95),
    `<defs><linearGradient id="picture" x1="0" y1="0" x2="1" y2="1">${picture}</linearGradient></defs>`,
    svg`<rect x="${left}" y="${top}" width="${wide}" height="${tall}" rx="${wide * 0.14}" fill="${hexOf(palette.ink)}"/>`,
    svg`<rect x="${left + edge}" y="${top + edge}" width="${inner}" height="${tall - 2 * edge}" rx="${wide * 0.1}" fill="${hexOf(palette.light)}"/>`,
    svg`<rect x="${left + edge + inner * 0.1}" y="${top + tall * 0.13}" width="${inner * 0.8}" height="${tall * 0.34}" rx="${wide * 0.06}" fill="url(#picture)"/>`,
    line(0.53, 0.62, 0.8),
    line(0.585, 0.78, 0.3),
    line(0.635, 0.7, 0.3),
    line(0.685, 0.44, 0.3),
    svg`<rect x="${left + edge + inner * 0.1}" y="${top + tall * 0.8}" width="${inner * 0.8}" height="${tall * 0.085}" rx="${tall * 0.042}" fill="${hexOf(palette.deep)}"/>`,
    svg`<rect x="${x - wide * 0.14}" y="${top + edge * 2}" width="${wide * 0.28}" height="${wide * 0.07}" rx="${wide * 0.035}" fill="${hexOf(palette.ink)}"/>`,
  ].join("");
}

function drawPlant(stage: DraftStage, standing: Standing): string {
  const { palette, random } = stage;
  const { x, y, tallPx: tall } = standing;
  const pot = mixOklab(palette.accent, palette.ink, 0.18);
  const half = tall * 0.17;
  const mouth = y - tall * 0.34;
  const leaves = Array.from({ length: 11 }, (_, index) => {
    const turn = -78 + (156 * index) / 10 + (random() - 0.5) * 10;
    const long = tall * (0.66 - 0.16 * Math.abs(index - 5) * 0.42) * (0.86 + 0.2 * random());
    const wide = long * 0.17;
    const tone = mixOklab(palette.deep, palette.main, index % 2 === 0 ? 0.25 : 0.7);
    return svg`<path transform="translate(${x} ${mouth}) rotate(${turn})" d="M0 0C${-wide} ${-long * 0.3} ${-wide} ${-long * 0.72} 0 ${-long}C${wide} ${-long * 0.72} ${wide} ${-long * 0.3} 0 0Z" fill="${hexOf(tone)}"/>`;
  });
  return [
    groundShadow(stage, standing, half * 1.9),
    leaves.join(""),
    across("pot", pot, 0.08),
    svg`<path d="M${x - half} ${mouth}H${x + half}L${x + half * 0.74} ${y}H${x - half * 0.74}Z" fill="url(#pot)"/>`,
    svg`<rect x="${x - half * 1.08}" y="${mouth - tall * 0.02}" width="${half * 2.16}" height="${tall * 0.055}" rx="${tall * 0.012}" fill="${hexOf(lighten(pot, 0.04))}"/>`,
  ].join("");
}
