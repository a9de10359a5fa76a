import { rgbToOklab, type Oklab, type Rgb } from "./oklab.ts";

const named: readonly (readonly [name: string, rgb: Rgb])[] = [
  ["black", [8, 8, 10]],
  ["charcoal", [48, 50, 54]],
  ["dark grey", [84, 84, 86]],
  ["grey", [130, 130, 130]],
  ["silver", [176, 178, 182]],
  ["light grey", [216, 216, 216]],
  ["white", [252, 252, 252]],
  ["cream", [246, 238, 216]],
  ["beige", [222, 202, 172]],
  ["tan", [196, 158, 114]],
  ["brown", [116, 74, 44]],
  ["dark brown", [58, 38, 28]],
  ["maroon", [104, 24, 34]],
  ["red", [206, 38, 38]],
  ["coral", [240, 118, 96]],
  ["salmon", [240, 168, 146]],
  ["orange", [238, 126, 34]],
  ["amber", [246, 178, 46]],
  ["yellow", [248, 224, 70]],
  ["olive", [120, 118, 44]],
  ["lime", [160, 210, 60]],
  ["green", [52, 150, 70]],
  ["dark green", [24, 74, 44]],
  ["sage", [158, 180, 150]],
  ["mint", [168, 226, 196]],
  ["teal", [28, 128, 128]],
  ["turquoise", [64, 200, 204]],
  ["sky blue", [134, 192, 236]],
  ["blue", [44, 98, 208]],
  ["slate blue", [96, 118, 150]],
  ["navy", [22, 34, 82]],
  ["indigo", [70, 54, 150]],
  ["purple", [124, 66, 174]],
  ["lavender", [196, 182, 230]],
  ["plum", [96, 40, 88]],
  ["magenta", [206, 48, 148]],
  ["pink", [244, 176, 198]],
  ["rose", [214, 100, 128]],
];

const names = named.map(([name, rgb]) => ({ name, colour: rgbToOklab(rgb) }));

/** The everyday name of the colour that looks most like this one. */
export function nameOfColour(colour: Oklab): string {
  let best = "grey";
  let least = Infinity;
  for (const candidate of names) {
    // People name by hue first: a dark blue is a blue long before it is a grey.
    const difference =
      (colour[0] - candidate.colour[0]) ** 2 +
      6 * ((colour[1] - candidate.colour[1]) ** 2 + (colour[2] - candidate.colour[2]) ** 2);
    if (difference >= least) continue;
    least = difference;
    best = candidate.name;
  }
  return best;
}
