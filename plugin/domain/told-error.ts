import * as z from "zod/mini";
import { issueSchema } from "./issue.ts";

/**
 * An answer that says no as clients read it: any code, as a relay of another version may know more of
 * them than relay-error.ts, which the panel need not hold; the sentence is for people and says it all.
 */
export const toldErrorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    request: z.string(),
    issues: z.optional(z.array(issueSchema)),
  }),
});
