import { Resvg } from "@resvg/resvg-js";
import { draftFontFiles } from "./draft-fonts.ts";
import { hexOf, mixOklab, type Oklab } from "./oklab.ts";
import type { Pixels } from "./open-picture.ts";

/** Draws an SVG of our own to pixels, with the draft's fonts only. */
export function drawSvg(content: string, widthPx: number, heightPx: number): Pixels {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}">${content}</svg>`;
  const drawn = new Resvg(svg, {
    font: {
      fontFiles: [...draftFontFiles],
      loadSystemFonts: false,
      defaultFontFamily: "Inter",
    },
  }).render();
  return { data: drawn.pixels, widthPx: drawn.width, heightPx: drawn.height, channels: 4 };
}

/** A number as SVG writes it: three decimals are finer than any pixel shows. */
export function svgNumber(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** Fills the numbers of a template: svg`<circle r="${radius}"/>`, each with three decimals. */
export function svg(parts: TemplateStringsArray, ...values: readonly (number | string)[]): string {
  return parts.reduce((text, part, index) => {
    const value = values[index - 1] ?? "";
    return text + (typeof value === "number" ? svgNumber(value) : value) + part;
  });
}

/**
 * Stops of a gradient through the colours. SVG mixes in sRGB, which turns muddy between hues, so the
 * way between two colours gets stops of its own, mixed in Oklab.
 */
export function gradientStops(
  colours: readonly { readonly at: number; readonly colour: Oklab; readonly opacity?: number }[],
): string {
  const steps = 4;
  return colours
    .flatMap((from, index) => {
      const to = colours[index + 1];
      if (!to) return [from];
      return Array.from({ length: steps }, (_, step) => {
        const part = step / steps;
        const opacity = (from.opacity ?? 1) * (1 - part) + (to.opacity ?? 1) * part;
        return {
          at: from.at + (to.at - from.at) * part,
          colour: mixOklab(from.colour, to.colour, part),
          opacity,
        };
      });
    })
    .map(
      ({ at, colour, opacity = 1 }) =>
        svg`<stop offset="${at}" stop-color="${hexOf(colour)}" stop-opacity="${opacity}"/>`,
    )
    .join("");
}
