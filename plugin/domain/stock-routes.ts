import * as z from "zod/mini";
import { assetSchema } from "./asset.ts";
import { countSchema } from "./count.ts";
import type { Route } from "./route.ts";
import { stockCreditSchema } from "./stock-credit.ts";

/** What a stock library is searched for. */
export const stockKinds = ["photo", "vector"] as const;
/** Shapes that every library tells apart. */
export const stockOrientations = ["landscape", "portrait", "square"] as const;
/** Colours that every library knows. */
export const stockColors = [
  ...(["black", "white", "yellow", "orange", "red", "purple", "green", "blue"] as const),
] as const;

/** A picture of a stock library; addresses are https, and what a library does not say is null. */
const stockPictureSchema = z.object({
  provider: z.string(),
  /** The library's own, for taking it. */
  id: z.string(),
  title: z.string(),
  kind: z.enum(stockKinds),
  widthPx: z.nullable(countSchema),
  heightPx: z.nullable(countSchema),
  thumbUrl: z.string(),
  previewUrl: z.string(),
  pageUrl: z.string(),
  author: z.object({ name: z.string(), url: z.nullable(z.string()) }),
  licence: z.string(),
  /** "#rrggbb" */
  color: z.nullable(z.string()),
});
/** A picture of a stock library. */
export type StockPicture = z.infer<typeof stockPictureSchema>;

/** A picture as it was found. `thumb`: what its small picture is asked for with. */
const foundPictureSchema = z.object({ ...stockPictureSchema.shape, thumb: z.string() });

/** The routes of stock libraries. */
export const stockRoutes = {
  stockLibraries: {
    method: "GET",
    path: "/v1/stock/libraries",
    answer: z.object({
      libraries: z.array(z.object({ id: z.string(), title: z.string() })),
      /** What to do where there is none; null where there is one. */
      unavailable: z.nullable(z.string()),
    }),
  },
  stockSearch: {
    method: "GET",
    path: "/v1/stock",
    answer: z.object({
      provider: z.string(),
      pictures: z.array(foundPictureSchema),
      page: countSchema,
      hasMore: z.boolean(),
      /** What a library wants to have said beside its results. */
      notice: z.object({ text: z.string(), url: z.string() }),
    }),
  },
  stockThumb: {
    method: "GET",
    path: "/v1/stock/thumb",
    answer: "bytes",
  },
  stockTake: {
    method: "POST",
    path: "/v1/stock/take",
    answer: z.object({ asset: assetSchema, credit: stockCreditSchema }),
  },
} as const satisfies Record<string, Route>;
