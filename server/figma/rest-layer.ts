import * as z from "zod";
import { connectorDirection } from "#domain/connector-direction";
import type { Cap, ConnectorEnd, LayerFacts, PathFacts, PictureFacts } from "#domain/layer";
import type { VectorNetworkFacts } from "#domain/vector-path";
import { makeWellFormed } from "#domain/well-formed";
import { pathOfStroke } from "./rest-path.ts";

/** A field that is not what it should be counts as absent: one odd value must not cost a layer. */
const lenient = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const pointSchema = z.object({ x: z.number(), y: z.number() });
const endSchema = z.object({
  endpointNodeId: lenient(z.string()),
  position: lenient(pointSchema),
});
const paintSchema = z.object({
  type: z.string(),
  visible: lenient(z.boolean()),
  opacity: lenient(z.number()),
  imageRef: lenient(z.string()),
  gifRef: lenient(z.string()),
  videoRef: lenient(z.string()),
});

const networkSchema = z.object({
  vertices: z.array(z.object({ position: pointSchema })),
  segments: z.array(z.object({ start: z.int().min(0), end: z.int().min(0) })),
  regions: lenient(z.array(z.unknown())),
});

/**
 * What we read of a layer in REST JSON (figma/rest-api-spec 0.43.0, `Node`). Children stay unparsed:
 * the reader walks them itself, however deep they go.
 */
export const restLayerSchema = z.object({
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(60),
  name: lenient(z.string()),
  visible: lenient(z.boolean()),
  absoluteBoundingBox: lenient(boxSchema.nullable()),
  rotation: lenient(z.number()),
  relativeTransform: lenient(z.tuple([z.array(z.number()), z.array(z.number())])),
  size: lenient(pointSchema),
  vectorNetwork: lenient(networkSchema),
  characters: lenient(z.string()),
  fills: lenient(z.array(paintSchema.optional().catch(undefined))),
  strokes: lenient(z.array(paintSchema.optional().catch(undefined))),
  strokeWeight: lenient(z.number()),
  strokeCap: lenient(z.string()),
  connectorStart: lenient(endSchema),
  connectorEnd: lenient(endSchema),
  connectorStartStrokeCap: lenient(z.string()),
  connectorEndStrokeCap: lenient(z.string()),
  url: lenient(z.string()),
  sharedPluginData: lenient(z.record(z.string(), z.unknown())),
  children: lenient(z.array(z.unknown())),
});
/** What we read of a layer in REST JSON. */
export type RestLayer = z.infer<typeof restLayerSchema>;

/** REST's names where the plugin API has another (simulator.md 4). */
const typeNames: Readonly<Record<string, string>> = {
  CANVAS: "PAGE",
  REGULAR_POLYGON: "POLYGON",
};

/** How each end of a line looks, by REST's names (`ConnectorLineEnd`, `StrokeCap`). */
const arrows = [
  "LINE_ARROW",
  "TRIANGLE_ARROW",
  "ARROW_LINES",
  "ARROW_EQUILATERAL",
  "TRIANGLE_FILLED",
];
const dots = ["CIRCLE_FILLED", "DIAMOND_FILLED", "POINT_FILLED"];

/** The plugin API's name of a REST type. */
export function typeOf(layer: RestLayer): string {
  return typeNames[layer.type] ?? layer.type;
}

/**
 * How far a layer is turned on the page, in radians, clockwise: REST counts the other way round than
 * the plugin API's degrees. `around` is what holds it; groups hold nothing, their layers tell their
 * turn as if the group were not there (plugin typings, relativeTransform).
 */
export function turnOf(layer: RestLayer, around: number): number {
  const [[cos = 1], [sin = 0]] = layer.relativeTransform ?? [[1], [0]];
  return around + (layer.rotation ?? Math.atan2(sin, cos));
}

/** The turn that the layers inside a layer start from. */
export function turnInside(layer: RestLayer, around: number): number {
  const isTransparent = layer.type === "GROUP" || layer.type === "BOOLEAN_OPERATION";
  return isTransparent ? around : turnOf(layer, around);
}

/** The facts of a layer. `parent` is the layer that holds it, `around` what that one is turned by. */
export function factsOf(layer: RestLayer, parent: string | null, around: number): LayerFacts {
  const type = typeOf(layer);
  const text = makeWellFormed(layer.characters ?? "");
  return {
    id: layer.id,
    type,
    name: makeWellFormed(layer.name ?? ""),
    parent,
    isVisible: layer.visible ?? true,
    box: layer.absoluteBoundingBox ?? null,
    text: text === "" ? null : text,
    picture: type === "INSTANCE" ? null : pictureOf(layer),
    link: type === "EMBED" || type === "LINK_UNFURL" ? (layer.url ?? null) : null,
    connector: type === "CONNECTOR" ? connectorOf(layer) : null,
    path: type === "LINE" || type === "VECTOR" ? pathOf(layer, turnOf(layer, around)) : null,
    records: recordsOf(layer),
  };
}

function pictureOf(layer: RestLayer): PictureFacts | null {
  const visible = (layer.fills ?? []).filter(
    (fill) => fill !== undefined && fill.visible !== false,
  );
  const top = visible.at(-1);
  if (top?.type === "IMAGE") {
    const isMoving = top.gifRef !== undefined;
    return { kind: isMoving ? "animation" : "image", hash: top.imageRef ?? top.gifRef ?? null };
  }
  return top?.type === "VIDEO" ? { kind: "video", hash: top.videoRef ?? null } : null;
}

function connectorOf(layer: RestLayer): LayerFacts["connector"] {
  return {
    start: endOf(layer.connectorStart),
    end: endOf(layer.connectorEnd),
    direction: connectorDirection(capOf(layer.connectorStartStrokeCap), () =>
      capOf(layer.connectorEndStrokeCap),
    ),
  };
}

function endOf(end: z.infer<typeof endSchema> | undefined): ConnectorEnd {
  return { layer: end?.endpointNodeId ?? null, position: end?.position ?? null };
}

function capOf(name: string | undefined): Cap {
  if (name !== undefined && arrows.includes(name)) return "arrow";
  return name !== undefined && dots.includes(name) ? "dot" : "none";
}

function pathOf(layer: RestLayer, turn: number): PathFacts | null {
  const box = layer.absoluteBoundingBox;
  const isDrawn = (layer.strokes ?? []).some(
    (stroke) => stroke && stroke.visible !== false && stroke.opacity !== 0,
  );
  if (!box || !isDrawn || layer.strokeWeight === 0) return null;
  return pathOfStroke({
    isLine: layer.type === "LINE",
    box,
    strokeWeight: layer.strokeWeight ?? 1,
    cap: capOf(layer.strokeCap),
    turn,
    size: layer.size ?? null,
    network: networkOf(layer),
  });
}

function networkOf({ vectorNetwork }: RestLayer): VectorNetworkFacts | null {
  if (!vectorNetwork) return null;
  const { vertices, segments, regions } = vectorNetwork;
  return {
    vertices: vertices.map(({ position }) => ({ ...position, cap: null })),
    segments,
    hasRegions: (regions ?? []).length > 0,
  };
}

/** What piece of a card a layer says it is (plugin/canvas/draw); "" for what we did not draw. */
export function partOf(layer: RestLayer): string {
  return rememberedBy(layer)["part"] ?? "";
}

function recordsOf(layer: RestLayer): LayerFacts["records"] {
  const { node, in: incoming, edge, out, res } = rememberedBy(layer);
  return {
    ...(node !== undefined && { node }),
    ...(incoming !== undefined && { in: incoming }),
    ...(edge !== undefined && { edge }),
    ...(out !== undefined && { out }),
    ...(res !== undefined && { res }),
  };
}

function rememberedBy(layer: RestLayer): Readonly<Record<string, string | undefined>> {
  const remembered = z.record(z.string(), z.string());
  return remembered.safeParse(layer.sharedPluginData?.["spaces"]).data ?? {};
}
