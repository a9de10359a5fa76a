import * as z from "zod";
import type { StockPicture } from "#domain/stock-routes";
import type { Egress } from "../egress.ts";
import { freepik, magnific } from "../providers/magnific/index.ts";
import type { Using } from "../providers/provider.ts";
import {
  addressSchema,
  askStock,
  downloadStock,
  goneFrom,
  lineSchema,
  readableOf,
} from "./ask-stock.ts";
import {
  picturesOfPage,
  type Stock,
  type StockDeclaration,
  type StockPage,
  type StockSearch,
} from "./stock.ts";

const authorSchema = z.object({ name: lineSchema });
const pictureSchema = z.object({
  id: z.int(),
  title: lineSchema,
  url: addressSchema,
  licenses: z.array(z.object({ type: lineSchema })).max(20),
  image: z.object({
    type: z.enum(["photo", "vector"]),
    source: z.object({ url: addressSchema }),
  }),
  author: authorSchema,
});
const pageSchema = z.object({
  // What is of another type, such as a PSD, is left out.
  data: readableOf(pictureSchema),
  meta: z.object({ current_page: z.int(), last_page: z.int() }),
});
const detailSchema = z.object({
  data: z.object({
    type: z.enum(["photo", "vector"]),
    url: addressSchema,
    premium: z.boolean(),
    author: authorSchema,
  }),
});
const fileSchema = z.object({ url: addressSchema, signed_url: addressSchema.nullish() });
/** A photograph's file, or those of a vector in one format. */
const filesSchema = z.object({ data: z.union([fileSchema, z.array(fileSchema).min(1)]) });

type Declared = Pick<StockDeclaration, "id" | "title" | "key">;

/**
 * Magnific's library (docs.magnific.com/api-reference/resources), photographs and vectors, by the key of
 * its models; under its former name for keys that were made there. A vector is taken as a JPEG.
 */
export const magnificStocks: readonly StockDeclaration[] = [magnific, freepik].map(
  ({ id, title, key }) => {
    const declared = { id, title, key };
    return { ...declared, open: (egress) => openMagnific(declared, egress) };
  },
);

function openMagnific(declared: Declared, egress: Pick<Egress, "withKey" | "download">): Stock {
  const { id: provider, title, key } = declared;
  const [origin = ""] = key.origins;
  return {
    id: provider,
    title,
    kinds: ["photo", "vector"],
    notice: { text: `Resources of ${title}`, url: `https://www.${provider}.com` },
    search: (asked, using) => search(declared, egress, asked, using),
    take: async (id, using) => {
      if (!/^\d{1,15}$/.test(id)) throw goneFrom(declared);
      const asked = { address: `${origin}/v1/resources/${id}`, answer: detailSchema };
      const { data: detail } = await askStock(egress, declared, using, asked);
      const way = detail.type === "vector" ? "download/jpg" : "download?image_size=original";
      const { data } = await askStock(egress, declared, using, {
        address: `${asked.address}/${way}`,
        answer: filesSchema,
      });
      const file = Array.isArray(data) ? data[0] : data;
      if (!file) throw goneFrom(declared);
      const bytes = await downloadStock(egress, declared, file.signed_url ?? file.url, using);
      const author = { name: detail.author.name, url: null };
      const line = `Image by ${author.name} on ${title}`;
      const licence = licenceOf(title, detail.premium ? "premium" : "freemium");
      return { bytes, credit: { line, author, pageUrl: detail.url, licence } };
    },
  };
}

async function search(
  declared: Declared,
  egress: Pick<Egress, "withKey">,
  { query, page, kind, orientation, color }: StockSearch,
  using: Using,
): Promise<StockPage> {
  const words = new URLSearchParams({
    term: query,
    page: String(page),
    limit: String(picturesOfPage),
    [`filters[content_type][${kind}]`]: "1",
    ...(orientation && { [`filters[orientation][${orientation}]`]: "1" }),
    ...(color && { "filters[color]": color }),
  });
  const address = `${declared.key.origins[0] ?? ""}/v1/resources?${words.toString()}`;
  const { data, meta } = await askStock(egress, declared, using, { address, answer: pageSchema });
  const pictures = data.map((each) => pictureOf(declared, each));
  return { pictures, hasMore: meta.current_page < meta.last_page };
}

function pictureOf(
  { id, title }: Declared,
  { image, ...picture }: z.infer<typeof pictureSchema>,
): StockPicture {
  return {
    provider: id,
    id: String(picture.id),
    title: picture.title,
    kind: image.type,
    // The sizes it tells are those of its previews.
    widthPx: null,
    heightPx: null,
    thumbUrl: image.source.url,
    previewUrl: image.source.url,
    pageUrl: picture.url,
    author: { name: picture.author.name, url: null },
    licence: licenceOf(title, picture.licenses[0]?.type ?? "unknown"),
    color: null,
  };
}

function licenceOf(title: string, type: string): string {
  return type === "freemium" ? `${title} free licence, with credit` : `${title} ${type} licence`;
}
