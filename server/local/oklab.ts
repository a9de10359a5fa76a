/**
 * A colour by how people see it: lightness 0 to 1, green-red, blue-yellow. The numbers of the
 * conversions are Björn Ottosson's (https://bottosson.github.io/posts/oklab/).
 */
export type Oklab = readonly [lightness: number, greenRed: number, blueYellow: number];

/** A colour as three bytes of sRGB, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour from lightness, strength of colour and the angle on the colour wheel. */
export function oklch(lightness: number, chroma: number, hueDegrees: number): Oklab {
  const angle = (hueDegrees * Math.PI) / 180;
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

/** The angle of a colour on the wheel, 0 to 360 degrees. */
export function hueDegreesOf([, greenRed, blueYellow]: Oklab): number {
  return ((Math.atan2(blueYellow, greenRed) * 180) / Math.PI + 360) % 360;
}

/** How strong a colour is; 0 is grey. */
export function chromaOf([, greenRed, blueYellow]: Oklab): number {
  return Math.hypot(greenRed, blueYellow);
}

/** A colour on the way from one to another; `part` 0 to 1. */
export function mixOklab(from: Oklab, to: Oklab, part: number): Oklab {
  return [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part,
    from[2] + (to[2] - from[2]) * part,
  ];
}

/** The colour, lighter (or darker when negative) by so much lightness. */
export function lighten([lightness, greenRed, blueYellow]: Oklab, by: number): Oklab {
  return [Math.min(1, Math.max(0, lightness + by)), greenRed, blueYellow];
}

/** The square of how different two colours look; a difference of hue counts more than of lightness. */
export function differenceOf(one: Oklab, other: Oklab): number {
  const lightness = one[0] - other[0];
  const greenRed = one[1] - other[1];
  const blueYellow = one[2] - other[2];
  return lightness * lightness + 2.5 * (greenRed * greenRed + blueYellow * blueYellow);
}

/** sRGB bytes to Oklab. */
export function rgbToOklab([red, green, blue]: Rgb): Oklab {
  const r = toLinear[red] ?? 0;
  const g = toLinear[green] ?? 0;
  const b = toLinear[blue] ?? 0;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Oklab to sRGB bytes; a colour that sRGB lacks is made paler until it fits, its hue kept. */
export function oklabToRgb(colour: Oklab): Rgb {
  let fitting = colour;
  for (let step = 0; step < 24 && !isDisplayable(toLinearRgb(fitting)); step++) {
    fitting = [fitting[0], fitting[1] * 0.9, fitting[2] * 0.9];
  }
  const [red, green, blue] = toLinearRgb(fitting);
  return [toByte(red), toByte(green), toByte(blue)];
}

/** A colour as `#rrggbb`. */
export function hexOf(colour: Oklab): string {
  return hexOfRgb(oklabToRgb(colour));
}

/** Three bytes as `#rrggbb`. */
function hexOfRgb(rgb: Rgb): string {
  return `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

const toLinear = Float64Array.from({ length: 256 }, (_, byte) => {
  const part = byte / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
});

function toLinearRgb([lightness, greenRed, blueYellow]: Oklab): [number, number, number] {
  const l = (lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow) ** 3;
  const m = (lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow) ** 3;
  const s = (lightness - 0.0894841775 * greenRed - 1.291485548 * blueYellow) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function isDisplayable(linear: readonly number[]): boolean {
  return linear.every((value) => value >= -0.0005 && value <= 1.0005);
}

function toByte(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}
