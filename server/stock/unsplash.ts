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
  id: z.string().regex(/^[A-Za-z0-9_-]{1,60}$/),
  width: sideSchema,
  height: sideSchema,
  color: z
    .string()
    .regex(/^#[0-9A-Fa-f]{6}$/)
    .nullish()
    .catch(null),
  description: lineSchema.nullish(),
  alt_description: lineSchema.nullish(),
  urls: z.object({ regular: addressSchema, small: addressSchema }),
  links: z.object({ html: addressSchema, download_location: addressSchema }),
  user: z.object({ name: lineSchema, links: z.object({ html: addressSchema }) }),
});
const pageSchema = z.object({ total_pages: z.int(), results: readableOf(photoSchema) });
const downloadSchema = z.object({ url: addressSchema });

const licence = "Unsplash licence";

/**
 * Unsplash (unsplash.com/documentation, guidelines): photographs; 50 requests an hour until an application
 * is approved. Whoever takes one is told to it, and credits lead there with the application's name.
 */
export const unsplash: StockDeclaration = {
  id: "unsplash",
  title: "Unsplash",
  key: {
    variables: ["UNSPLASH_ACCESS_KEY"],
    origins: ["https://api.unsplash.com"],
    header: "authorization",
    prefix: "Client-ID ",
    free: { path: "/photos?per_page=1", headers: { "accept-version": "v1" } },
  },
  open: openUnsplash,
};

function openUnsplash(egress: Pick<Egress, "withKey" | "download">): Stock {
  const { id: provider, title, key } = unsplash;
  const [origin = ""] = key.origins;
  return {
    id: provider,
    title,
    kinds: ["photo"],
    notice: { text: "Photos from Unsplash", url: referred("https://unsplash.com/") },
    search: async ({ query, page, orientation, color }, using) => {
      const words = new URLSearchParams({
        query,
        page: String(page),
        per_page: `${picturesOfPage}`,
      });
      if (orientation)
        words.set("orientation", orientation === "square" ? "squarish" : orientation);
      if (color) words.set("color", color);
      const address = `${origin}/search/photos?${words.toString()}`;
      const { results, total_pages } = await askStock(egress, unsplash, using, {
        address,
        answer: pageSchema,
      });
      return { pictures: results.map(pictureOf), hasMore: page < total_pages };
    },
    take: async (id, using) => {
      if (!photoSchema.shape.id.safeParse(id).success) throw goneFrom(unsplash);
      const asked = { address: `${origin}/photos/${id}`, answer: photoSchema };
      const photo = await askStock(egress, unsplash, using, asked);
      // Counts the download, as the guidelines ask, and answers where the whole picture lies.
      const { url } = await askStock(egress, unsplash, using, {
        address: photo.links.download_location,
        answer: downloadSchema,
      });
      const bytes = await downloadStock(egress, unsplash, url, using);
      const { author, pageUrl } = pictureOf(photo);
      const line = `Photo by ${author.name} on Unsplash`;
      return { bytes, credit: { line, author, pageUrl, licence } };
    },
  };
}

function pictureOf(photo: z.infer<typeof photoSchema>): StockPicture {
  return {
    provider: unsplash.id,
    id: photo.id,
    title: photo.description ?? photo.alt_description ?? "",
    kind: "photo",
    widthPx: photo.width ?? null,
    heightPx: photo.height ?? null,
    thumbUrl: photo.urls.small,
    previewUrl: photo.urls.regular,
    pageUrl: referred(photo.links.html),
    author: { name: photo.user.name, url: referred(photo.user.links.html) },
    licence,
    color: photo.color ?? null,
  };
}

/** An address with the words by which Unsplash sees where a visitor comes from. */
function referred(address: string): string {
  const url = new URL(address);
  url.searchParams.set("utm_source", "spaces_for_figma");
  url.searchParams.set("utm_medium", "referral");
  return url.href;
}
