import { createRequire } from "node:module";
import { renderAsync, type RenderedImage } from "@resvg/resvg-js";
import { figmaImageLimitPx } from "#domain/placement";
import type { DrawingElement } from "./drawing-element.ts";

/** What is drawn at the full size within some seconds; layers of its own are slow to put together. */
const quick = { elements: 5_000, layers: 8 } as const;
/** Things that are drawn apart first, and then put where they belong. */
const layering = ["opacity", "mask", "clip-path", "filter"] as const;

/**
 * The longest side in pixels with which a drawing is shown: as many as Figma takes, so that it is sharp
 * whatever the size of its layer, and half of that where it would take too long to draw.
 */
export function shownSidePx(root: DrawingElement): number {
  const { elements, layers } = countIn(root);
  const isQuick = elements <= quick.elements && layers <= quick.layers;
  return isQuick ? figmaImageLimitPx : figmaImageLimitPx / 2;
}

function countIn(element: DrawingElement): { elements: number; layers: number } {
  const count = {
    elements: 1,
    layers: layering.some((each) => element.attributes.has(each)) ? 1 : 0,
  };
  for (const child of element.children) {
    if (typeof child === "string") continue;
    const { elements, layers } = countIn(child);
    count.elements += elements;
    count.layers += layers;
  }
  return count;
}

const { resolve } = createRequire(import.meta.url);
const letters = resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf");

/**
 * Draws a rebuilt drawing with so many pixels on its longest side, apart from this thread, so that memory
 * is watched meanwhile. Its words are set in Inter: fonts of the machine would look different on each.
 */
export function drawDrawing(
  svg: string,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  sidePx: number,
): Promise<RenderedImage> {
  return renderAsync(svg, {
    fitTo: { mode: widthPx >= heightPx ? "width" : "height", value: sidePx },
    font: {
      loadSystemFonts: false,
      fontFiles: svg.includes("<text") ? [letters] : [],
      defaultFontFamily: "Inter",
    },
  });
}
