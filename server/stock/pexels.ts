import * as z from "zod";
import type { StockPicture } from "#domain/stock-routes";
import type { Egress } from "../egress.ts";
import {
  addressSchema,
  askStock,
  downloadStock,
  goneFrom,
  lineSchema,
  readableOf,
  sideSchema,
} from "./ask-stock.ts";
import { picturesOfPage, type Stock, type StockDeclaration } from "./stock.ts";

const photoSchema = z.object({
  id: z.int(),
  width: sideSchema,
  height: sideSchema,
  url: addressSchema,
  alt: lineSchema.nullish(),
  avg_color: z
    .string()
    .regex(/^#[0-9A-Fa-f]{6}$/)
    .nullish()
    .catch(null),
  photographer: lineSchema,
  photographer_url: addressSchema.nullish().catch(null),
  src: z.object({ original: addressSchema, large: addressSchema, medium: addressSchema }),
});
const pageSchema = z.object({
  photos: readableOf(photoSchema),
  next_page: z.string().nullish(),
});

const licence = "Pexels licence";
/** Its names for colours that it calls otherwise. */
const colors: Readonly<Record<string, string>> = { purple: "violet" };

/** Pexels (pexels.com/api/documentation): photographs; 200 requests an hour, 20,000 a month. */
export const pexels: StockDeclaration = {
  id: "pexels",
  title: "Pexels",
  key: {
    variables: ["PEXELS_API_KEY"],
    origins: ["https://api.pexels.com"],
    header: "authorization",
    prefix: "",
    free: { path: "/v1/curated?per_page=1" },
  },
  open: openPexels,
};

function openPexels(egress: Pick<Egress, "withKey" | "download">): Stock {
  const { id: provider, title, key } = pexels;
  const [origin = ""] = key.origins;
  return {
    id: provider,
    title,
    kinds: ["photo"],
    notice: { text: "Photos provided by Pexels", url: "https://www.pexels.com" },
    search: async ({ query, page, orientation, color }, using) => {
      const words = new URLSearchParams({
        query,
        page: String(page),
        per_page: `${picturesOfPage}`,
      });
      if (orientation) words.set("orientation", orientation);
      if (color) words.set("color", colors[color] ?? color);
      const address = `${origin}/v1/search?${words.toString()}`;
      const { photos, next_page } = await askStock(egress, pexels, using, {
        address,
        answer: pageSchema,
      });
      return { pictures: photos.map(pictureOf), hasMore: typeof next_page === "string" };
    },
    take: async (id, using) => {
      if (!/^\d{1,15}$/.test(id)) throw goneFrom(pexels);
      const address = `${origin}/v1/photos/${id}`;
      const photo = await askStock(egress, pexels, using, { address, answer: photoSchema });
      const bytes = await downloadStock(egress, pexels, photo.src.original, using);
      const { author, pageUrl } = pictureOf(photo);
      return {
        bytes,
        credit: { line: `Photo by ${author.name} on Pexels`, author, pageUrl, licence },
      };
    },
  };
}

function pictureOf(photo: z.infer<typeof photoSchema>): StockPicture {
  return {
    provider: pexels.id,
    id: String(photo.id),
    title: photo.alt ?? "",
    kind: "photo",
    widthPx: photo.width ?? null,
    heightPx: photo.height ?? null,
    thumbUrl: photo.src.medium,
    previewUrl: photo.src.large,
    pageUrl: photo.url,
    author: { name: photo.photographer, url: photo.photographer_url ?? null },
    licence,
    color: photo.avg_color ?? null,
  };
}
