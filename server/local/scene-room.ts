import type { DraftStage } from "./draft-stage.ts";
import { gradientStops, svg } from "./draw-svg.ts";
import { hexOf, lighten, mixOklab } from "./oklab.ts";
import { between, pick } from "./seeded-random.ts";

/** Where things stand in a room: the middle of the pedestal's top and the pedestal's half width. */
export interface RoomPlan {
  readonly standX: number;
  readonly standY: number;
  readonly standHalfPx: number;
}

/** Places the pedestal at the right third of a wide picture and in the middle of a tall one. */
export function planRoom({ random, widthPx, heightPx }: DraftStage): RoomPlan {
  const isWide = widthPx > heightPx * 1.1;
  const room = Math.min(heightPx, widthPx * 1.15);
  return {
    standX: widthPx * (isWide ? between(random, 0.61, 0.67) : 0.5),
    standY: heightPx * (isWide ? 0.73 : 0.68),
    standHalfPx: room * 0.2,
  };
}

/** A studio: wall and floor that run into each other, light from a window, an arch, a pedestal. */
export function drawRoom(stage: DraftStage, plan: RoomPlan, hasSubject: boolean): string {
  const { widthPx, heightPx, palette, random, reading } = stage;
  const wall = reading.isNight ? palette.deep : mixOklab(palette.main, palette.light, 0.5);
  const floor = reading.isNight ? palette.ink : mixOklab(palette.main, palette.light, 0.32);
  const bright = reading.isNight ? palette.main : mixOklab(palette.main, palette.light, 0.8);
  const floorY = plan.standY + (heightPx - plan.standY) * 0.16;
  return [
    `<defs><radialGradient id="wall" cx="0.36" cy="0.3" r="0.95">${gradientStops([
      { at: 0, colour: bright },
      { at: 0.55, colour: wall },
      { at: 1, colour: lighten(wall, -0.1) },
    ])}</radialGradient>`,
    `<linearGradient id="floor" x1="0" y1="0" x2="0" y2="1">${gradientStops([
      { at: 0, colour: floor, opacity: 0 },
      { at: 0.16, colour: lighten(floor, -0.05), opacity: 0.8 },
      { at: 0.5, colour: lighten(floor, 0.02), opacity: 1 },
      { at: 1, colour: lighten(floor, -0.04), opacity: 1 },
    ])}</linearGradient></defs>`,
    svg`<rect width="${widthPx}" height="${heightPx}" fill="url(#wall)"/>`,
    drawWindowLight(stage),
    drawArch(stage, plan, floorY),
    svg`<rect y="${floorY - heightPx * 0.05}" width="${widthPx}" height="${heightPx - floorY + heightPx * 0.05}" fill="url(#floor)"/>`,
    drawPedestal(stage, plan, pick(random, [0.2, 0.3])),
    hasSubject ? "" : drawStillLife(stage, plan),
  ].join("");
}

/** Four leaning panes of light on the wall. */
function drawWindowLight({ widthPx, heightPx, unitPx, palette, random }: DraftStage): string {
  const left = widthPx * between(random, 0.1, 0.18);
  const top = heightPx * between(random, 0.1, 0.16);
  const wide = unitPx * 17;
  const tall = unitPx * 22;
  const lean = unitPx * 10;
  let panes = "";
  for (const column of [0, 1]) {
    for (const row of [0, 1]) {
      const x = left + column * (wide + unitPx * 1.6) + row * (lean * 1.07);
      const y = top + row * (tall + unitPx * 1.6) + column * unitPx * 2.4;
      panes += svg`<path d="M${x} ${y}l${wide} ${unitPx * 2.2}l${lean} ${tall}l${-wide} ${-unitPx * 2.2}Z"/>`;
    }
  }
  return svg`<g fill="${hexOf(lighten(palette.light, 0.03))}" fill-opacity="0.3">${panes}</g>`;
}

function drawArch({ palette, reading }: DraftStage, plan: RoomPlan, floorY: number): string {
  const half = plan.standHalfPx * 1.45;
  const spring = plan.standY - plan.standHalfPx * 1.55;
  const inside = reading.isNight ? palette.main : palette.accent;
  const stops = gradientStops([
    { at: 0, colour: lighten(inside, -0.07) },
    { at: 1, colour: lighten(inside, 0.07) },
  ]);
  return [
    `<defs><linearGradient id="arch" x1="0" y1="0" x2="1" y2="0.4">${stops}</linearGradient></defs>`,
    svg`<path d="M${plan.standX - half} ${floorY}V${spring}A${half} ${half} 0 0 1 ${plan.standX + half} ${spring}V${floorY}Z" fill="url(#arch)"/>`,
  ].join("");
}

function drawPedestal(
  { palette, widthPx, reading }: DraftStage,
  plan: RoomPlan,
  high: number,
): string {
  const { standX, standY, standHalfPx: half } = plan;
  const depth = half * 0.17;
  const tall = half * (0.5 + high);
  const stone = reading.isNight ? palette.accent : mixOklab(palette.light, palette.main, 0.14);
  const side = gradientStops([
    { at: 0, colour: lighten(stone, -0.03) },
    { at: 0.3, colour: lighten(stone, 0.02) },
    { at: 1, colour: lighten(stone, -0.22) },
  ]);
  const shadow = gradientStops([
    { at: 0, colour: palette.ink, opacity: 0.42 },
    { at: 1, colour: palette.ink, opacity: 0 },
  ]);
  const base = standY + tall;
  return [
    `<defs><linearGradient id="stone">${side}</linearGradient><radialGradient id="shadow">${shadow}</radialGradient></defs>`,
    svg`<ellipse cx="${standX + Math.min(half * 0.5, widthPx * 0.1)}" cy="${base}" rx="${half * 1.75}" ry="${depth * 1.9}" fill="url(#shadow)"/>`,
    svg`<path d="M${standX - half} ${standY}V${base}A${half} ${depth} 0 0 0 ${standX + half} ${base}V${standY}Z" fill="url(#stone)"/>`,
    svg`<ellipse cx="${standX}" cy="${standY}" rx="${half}" ry="${depth}" fill="${hexOf(lighten(stone, 0.03))}"/>`,
  ].join("");
}

/** A ball and a block, for a room without a named subject. */
function drawStillLife({ palette, random }: DraftStage, plan: RoomPlan): string {
  const { standX, standY, standHalfPx: half } = plan;
  const radius = half * between(random, 0.42, 0.5);
  const ball = gradientStops([
    { at: 0, colour: lighten(palette.main, 0.22) },
    { at: 0.5, colour: palette.main },
    { at: 1, colour: mixOklab(palette.deep, palette.ink, 0.4) },
  ]);
  const blockX = standX + half * 0.22;
  const block = half * 0.5;
  return [
    `<defs><radialGradient id="ball" cx="0.35" cy="0.3" r="0.8">${ball}</radialGradient></defs>`,
    svg`<rect x="${blockX}" y="${standY - block * 1.9}" width="${block * 0.75}" height="${block * 1.9}" rx="${block * 0.06}" fill="${hexOf(palette.deep)}"/>`,
    svg`<rect x="${blockX}" y="${standY - block * 1.9}" width="${block * 0.3}" height="${block * 1.9}" rx="${block * 0.06}" fill="${hexOf(lighten(palette.deep, 0.08))}"/>`,
    svg`<ellipse cx="${standX - half * 0.2}" cy="${standY}" rx="${radius}" ry="${radius * 0.18}" fill="url(#shadow)"/>`,
    svg`<circle cx="${standX - half * 0.26}" cy="${standY - radius * 0.97}" r="${radius}" fill="url(#ball)"/>`,
  ].join("");
}
