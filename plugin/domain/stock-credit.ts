import * as z from "zod/mini";

/** What has to be said wherever a picture is shown, and where each part of it leads. */
export const stockCreditSchema = z.object({
  /** Such as "Photo by Jane Doe on Unsplash". */
  line: z.string(),
  author: z.object({ name: z.string(), url: z.nullable(z.string()) }),
  pageUrl: z.string(),
  licence: z.string(),
});
/** What has to be said wherever a picture is shown. */
export type StockCredit = z.infer<typeof stockCreditSchema>;
