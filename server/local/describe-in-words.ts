import type { PictureFacts } from "./picture-facts.ts";

/** One honest paragraph on a picture: what was measured, and that nothing else is known. */
export function describeInWords(facts: PictureFacts): string {
  const { widthPx, heightPx } = facts;
  const colours = coloursInWords(facts, 4);
  const [busiest, second] = facts.detail;
  return [
    `${articleFor(facts.tone)} ${facts.tone}, ${facts.temperature} picture of ${widthPx} × ${heightPx} px (${formatInWords(widthPx, heightPx)})${facts.hasAlpha ? " with transparency" : ""}.`,
    `Contrast is ${facts.contrastWord}, the colour ${facts.colourWord}, the focus ${facts.focusWord}, the layout ${facts.symmetry}.`,
    colours === "" ? "" : `Main colours: ${colours}.`,
    `Most detail lies ${placeInWords(busiest)} and ${placeInWords(second)}; the quietest area, with room for text, is ${placeInWords(facts.quiet)}.`,
    "Measured, not recognised: this does not know what the picture shows.",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** The main colours as "navy #16223a (39%), cream #f6eed8 (12%)". */
export function coloursInWords({ colours }: PictureFacts, most: number): string {
  return colours
    .slice(0, most)
    .map(({ name, hex, share }) => `${name} ${hex} (${Math.max(1, Math.round(share * 100))}%)`)
    .join(", ");
}

/** The format of a picture in words, such as "landscape, about 4:3". */
export function formatInWords(widthPx: number, heightPx: number): string {
  const ratio = widthPx / heightPx;
  const known = [
    [1, 1],
    [5, 4],
    [4, 3],
    [3, 2],
    [16, 10],
    [16, 9],
    [2, 1],
    [21, 9],
    [3, 1],
  ] as const;
  const long = Math.max(ratio, 1 / ratio);
  const nearest = known.reduce((best, candidate) =>
    Math.abs(Math.log(candidate[0] / candidate[1] / long)) <
    Math.abs(Math.log(best[0] / best[1] / long))
      ? candidate
      : best,
  );
  const isNear = Math.abs(nearest[0] / nearest[1] / long - 1) < 0.04;
  const shape = long < 1.03 ? "square" : ratio > 1 ? "landscape" : "portrait";
  if (shape === "square" || !isNear) return shape;
  const sides = ratio > 1 ? nearest : [nearest[1], nearest[0]];
  return `${shape}, about ${sides.join(":")}`;
}

function placeInWords(part: PictureFacts["quiet"]): string {
  return part === "centre" ? "in the centre" : `at the ${part}`;
}

function articleFor(word: string): string {
  return /^[aeiou]/.test(word) ? "An" : "A";
}
