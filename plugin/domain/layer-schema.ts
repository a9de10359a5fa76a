import * as z from "zod/mini";
import type { LayerFacts } from "./layer.ts";
import { idSchema } from "./well-formed.ts";

const point = { x: z.number(), y: z.number() };
/** A point on the page, in canvas pixels. */
export const pointSchema = z.object(point);
/** An axis-parallel box on the page, in canvas pixels. */
export const boxSchema = z.object({ ...point, width: z.number(), height: z.number() });
const capSchema = z.enum(["arrow", "dot", "none"]);
const endSchema = z.object({ layer: z.nullable(idSchema), position: z.nullable(pointSchema) });
const recordSchema = z.exactOptional(z.string());

/** The facts of one layer as they cross from the main thread to the panel. */
export const layerFactsSchema: z.ZodMiniType<LayerFacts> = z.object({
  id: idSchema,
  type: z.string(),
  name: z.string(),
  parent: z.nullable(idSchema),
  isVisible: z.boolean(),
  box: z.nullable(boxSchema),
  text: z.nullable(z.string()),
  picture: z.nullable(
    z.object({
      kind: z.enum(["image", "video", "animation"]),
      hash: z.nullable(z.string()),
    }),
  ),
  link: z.nullable(z.string()),
  connector: z.nullable(
    z.object({
      start: endSchema,
      end: endSchema,
      direction: z.enum(["forward", "backward", "two-way"]),
    }),
  ),
  path: z.nullable(
    z.object({
      points: z.array(pointSchema),
      caps: z.nullable(z.object({ start: capSchema, end: capSchema })),
      strokeWeight: z.number(),
    }),
  ),
  records: z.object({
    node: recordSchema,
    in: recordSchema,
    edge: recordSchema,
    out: recordSchema,
    res: recordSchema,
  }),
});
