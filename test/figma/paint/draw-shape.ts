import type { LayerValues } from "../model/layer.ts";
import { drawImage, opacityOf, paintReference, visiblePaints, type Paint } from "./draw-paint.ts";
import { finite, type Drawing } from "./drawing.ts";

/** An outline in a layer's own space. */
export type Shape =
  | { readonly kind: "rectangle" | "ellipse"; readonly width: number; readonly height: number }
  | {
      readonly kind: "path";
      readonly data: string;
      readonly isOpen: boolean;
      readonly width: number;
      readonly height: number;
    };

/** Draws the fills and strokes of a layer over each other, the first one lowest. */
export function drawShape(drawing: Drawing, values: LayerValues, shape: Shape): string {
  const isOpen = shape.kind === "path" && shape.isOpen;
  const fills = isOpen ? [] : visiblePaints(values["fills"]);
  const strokes = visiblePaints(values["strokes"]);
  const weight = finite(values["strokeWeight"] ?? 1);
  const dashes = (values["dashPattern"] as readonly number[] | undefined) ?? [];
  const dash = dashes.length > 0 ? ` stroke-dasharray="${dashes.map(finite).join(" ")}"` : "";
  const round = values["strokeCap"] === "ROUND" || isOpen ? ' stroke-linejoin="round"' : "";
  const outline = outlineOf(values, shape, 0);
  const edge = outlineOf(values, shape, insetOf(values, weight));
  return [
    ...fills.map((paint) => drawFill(drawing, paint, outline, shape)),
    ...strokes.map(
      (paint) =>
        `<${edge} stroke="${paintReference(drawing, paint)}"${opacityOf(paint, "stroke")} stroke-width="${weight}"${dash}${round}/>`,
    ),
  ].join("");
}

/** How far inside the outline the middle of a stroke runs. */
function insetOf(values: LayerValues, weight: number): number {
  if (values["strokeAlign"] === "INSIDE") return weight / 2;
  return values["strokeAlign"] === "OUTSIDE" ? -weight / 2 : 0;
}

function outlineOf(values: LayerValues, shape: Shape, inset: number): string {
  if (shape.kind === "path") return `path d="${shape.data}"`;
  const width = Math.max(0, shape.width - 2 * inset);
  const height = Math.max(0, shape.height - 2 * inset);
  if (shape.kind === "ellipse")
    return `ellipse cx="${shape.width / 2}" cy="${shape.height / 2}" rx="${width / 2}" ry="${height / 2}"`;
  const most = Math.min(width, height) / 2;
  const radii = [
    values["topLeftRadius"],
    values["topRightRadius"],
    values["bottomRightRadius"],
    values["bottomLeftRadius"],
  ].map((radius) => {
    const whole = finite(radius ?? values["cornerRadius"] ?? 0);
    return whole === 0 ? 0 : Math.max(0, Math.min(whole - inset, most));
  });
  const [first = 0] = radii;
  if (radii.some((radius) => radius !== first)) return cornered(radii, inset, width, height);
  const corner = first > 0 ? ` rx="${first}"` : "";
  const place = inset === 0 ? "" : ` x="${inset}" y="${inset}"`;
  return `rect${place} width="${width}" height="${height}"${corner}`;
}

function cornered(
  [topLeft = 0, topRight = 0, bottomRight = 0, bottomLeft = 0]: readonly number[],
  inset: number,
  width: number,
  height: number,
): string {
  const arc = (radius: number, x: number, y: number): string =>
    radius === 0 ? "" : `a${radius} ${radius} 0 0 1 ${x * radius} ${y * radius}`;
  const data = [
    `M${inset + topLeft} ${inset}H${inset + width - topRight}${arc(topRight, 1, 1)}`,
    `V${inset + height - bottomRight}${arc(bottomRight, -1, 1)}`,
    `H${inset + bottomLeft}${arc(bottomLeft, -1, -1)}`,
    `V${inset + topLeft}${arc(topLeft, 1, -1)}Z`,
  ];
  return `path d="${data.join("")}"`;
}

function drawFill(drawing: Drawing, paint: Paint, outline: string, shape: Shape): string {
  if (paint.type === "IMAGE") return drawImage(drawing, paint, outline, shape);
  if (paint.type === "VIDEO") return drawVideo(outline, shape);
  return `<${outline} fill="${paintReference(drawing, paint)}"${opacityOf(paint, "fill")}/>`;
}

/** A video is drawn as a dark field with the sign that it plays: its frames are not decoded here. */
function drawVideo(outline: string, { width, height }: Shape): string {
  const size = Math.min(width, height) * 0.12;
  const sign = `M${-size * 0.8} ${-size}L${size} 0L${-size * 0.8} ${size}Z`;
  return `<${outline} fill="rgb(40,40,40)"/><path transform="translate(${width / 2} ${height / 2})" d="${sign}" fill="white"/>`;
}
