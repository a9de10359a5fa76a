import { invert } from "../model/geometry.ts";
import type { LayerValues, Transform } from "../model/layer.ts";
import { cssColor, definitionId, type Drawing, finite } from "./drawing.ts";

/** A fill or stroke as the model keeps it. */
export interface Paint {
  readonly type: string;
  readonly visible?: boolean;
  readonly opacity?: number;
  readonly color?: { readonly r: number; readonly g: number; readonly b: number };
  readonly imageHash?: string | null;
  readonly scaleMode?: string;
  readonly imageTransform?: Transform;
  readonly gradientStops?: readonly {
    readonly position: number;
    readonly color: { r: number; g: number; b: number; a?: number };
  }[];
  readonly gradientTransform?: Transform;
}

/** The paints that are shown, the lowest first. */
export function visiblePaints(paints: unknown): readonly Paint[] {
  return ((paints as readonly Paint[] | undefined) ?? []).filter(
    (paint) => paint.visible !== false,
  );
}

/** The colour of the topmost stroke; null for a layer without one. */
export function strokeColor(values: LayerValues): string | null {
  const paint = visiblePaints(values["strokes"]).at(-1);
  return paint === undefined ? null : cssColor(paint.color);
}

/** A colour or gradient as an attribute's value; a gradient becomes a definition. */
export function paintReference(drawing: Drawing, paint: Paint): string {
  if (!paint.type.startsWith("GRADIENT")) return cssColor(paint.color);
  const stops = (paint.gradientStops ?? []).map(
    ({ position, color }) =>
      `<stop offset="${finite(position)}" stop-color="${cssColor(color)}" stop-opacity="${finite(color.a ?? 1)}"/>`,
  );
  const id = definitionId(drawing, "gradient");
  const [[a, c, x], [b, d, y]] = invert(
    paint.gradientTransform ?? [
      [1, 0, 0],
      [0, 1, 0],
    ],
  );
  const common = `id="${id}" gradientUnits="objectBoundingBox" gradientTransform="matrix(${a} ${b} ${c} ${d} ${x} ${y})"`;
  drawing.definitions.push(
    paint.type === "GRADIENT_LINEAR"
      ? `<linearGradient ${common} x1="0" y1="0.5" x2="1" y2="0.5">${stops.join("")}</linearGradient>`
      : `<radialGradient ${common} cx="0.5" cy="0.5" r="0.5">${stops.join("")}</radialGradient>`,
  );
  return `url(#${id})`;
}

/** A paint's opacity as an attribute; nothing where it is whole. */
export function opacityOf(paint: Paint, side: "fill" | "stroke"): string {
  const opacity = finite(paint.opacity ?? 1);
  return opacity === 1 ? "" : ` ${side}-opacity="${opacity}"`;
}

/** FILL covers, FIT lies inside, TILE repeats, CROP shows the part its matrix names. */
export function drawImage(
  drawing: Drawing,
  paint: Paint,
  outline: string,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const image = drawing.document.images.image(paint.imageHash ?? "");
  if (image === null) return `<${outline} fill="rgb(229,229,229)"/>`;
  const id = definitionId(drawing, "picture");
  const href = drawing.addressOf(image);
  const picture = (attributes: string): string => `<image ${attributes} xlink:href="${href}"/>`;
  if (paint.scaleMode === "TILE") {
    const size = `width="${image.widthPx}" height="${image.heightPx}"`;
    drawing.definitions.push(
      `<pattern id="${id}" patternUnits="userSpaceOnUse" ${size}>${picture(size)}</pattern>`,
    );
    return `<${outline} fill="url(#${id})"/>`;
  }
  drawing.definitions.push(`<clipPath id="${id}"><${outline}/></clipPath>`);
  const opacity = finite(paint.opacity ?? 1);
  const shown = opacity === 1 ? "" : ` opacity="${opacity}"`;
  if (paint.scaleMode === "CROP" && paint.imageTransform !== undefined) {
    const [[a, c, x], [b, d, y]] = invert(paint.imageTransform);
    const place = `matrix(${a * width} ${b * height} ${c * width} ${d * height} ${x * width} ${y * height})`;
    return `<g clip-path="url(#${id})"${shown}>${picture(`width="1" height="1" preserveAspectRatio="none" transform="${place}"`)}</g>`;
  }
  const fit = paint.scaleMode === "FIT" ? "meet" : "slice";
  return `<g clip-path="url(#${id})"${shown}>${picture(`width="${width}" height="${height}" preserveAspectRatio="xMidYMid ${fit}"`)}</g>`;
}
