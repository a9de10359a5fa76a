import * as z from "zod/mini";
import { costShape } from "./cost.ts";
import { countSchema } from "./count.ts";

/**
 * What one member spent in one file with one model in one calendar month (UTC), by the moment at which
 * each call was settled.
 * - `fileName`: as the file was called when it was opened last; null for one that no panel opened.
 * - `model`: null for what was held for calls that then were not made.
 * - `runs`: those with such a call; a run of two models is in two rows.
 * - `calls`: those that were paid, also at a price of nothing.
 * - `credits`: what was paid; over all rows exactly what the ledger spent in that time.
 * - `microDollars`: what providers took on the team's own accounts, as far as it is known.
 * - `refunded`: the credits that were held and given back.
 * - `houseLoss`: the credits that the house bears of it; null for who is not the owner.
 */
export const usageRowSchema = z.object({
  month: z.string(),
  member: z.string(),
  file: z.string(),
  fileName: z.nullable(z.string()),
  model: z.nullable(z.string()),
  runs: countSchema,
  calls: countSchema,
  ...costShape,
  refunded: countSchema,
  houseLoss: z.nullable(countSchema),
});
/** What one member spent in one file with one model in one month. */
export type UsageRow = z.infer<typeof usageRowSchema>;

/**
 * What one member spent on one day (UTC), by the moment at which each call was settled: over all rows of
 * a month what its {@link UsageRow}s say. `day` is as in ISO 8601, "2026-11-21".
 */
export const usageDaySchema = z.object({
  day: z.string(),
  member: z.string(),
  calls: countSchema,
  ...costShape,
});
/** What one member spent on one day. */
export type UsageDay = z.infer<typeof usageDaySchema>;
