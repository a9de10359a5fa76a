import * as z from "zod/mini";
import { stockColors, stockKinds, stockOrientations } from "./stock-routes.ts";
import { textSchema } from "./well-formed.ts";

/** What is sent with the routes of stock libraries; without a provider the first that has a key is asked. */
export const stockAsks = {
  stockLibraries: { body: null },
  stockSearch: {
    body: null,
    query: z.object({
      provider: z.optional(textSchema(40)),
      query: textSchema(200).check(z.trim(), z.minLength(1)),
      /** From 1. */
      page: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100))),
      kind: z.optional(z.enum(stockKinds)),
      orientation: z.optional(z.enum(stockOrientations)),
      color: z.optional(z.enum(stockColors)),
    }),
  },
  /** As it stands at a picture that was found. */
  stockThumb: { body: null, query: z.object({ thumb: textSchema(8_000) }) },
  stockTake: { body: z.object({ provider: textSchema(40), id: textSchema(100) }) },
} as const;
