import type { Thumbnail } from "../../../../ui/node-view.ts";

/** A small picture that is drawn here: a sky, a sun and hills in colours of the number given. */
export function madeUpPicture(number: number, alt: string): Thumbnail {
  const hue = (number * 67) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 64">
    <rect width="96" height="64" fill="hsl(${hue} 55% 78%)"/>
    <circle cx="${20 + ((number * 17) % 60)}" cy="20" r="9" fill="hsl(${hue + 40} 80% 92%)"/>
    <path d="M0 48 24 30l22 18 20-12 30 20v8H0z" fill="hsl(${hue} 38% 45%)"/></svg>`;
  return { url: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt };
}
