import * as z from "zod/mini";
import { toldErrorSchema } from "./told-error.ts";

/** Everything that can be wrong with a request, and the HTTP status that says it. */
export const relayErrors = {
  "request-invalid": 400,
  "token-missing": 401,
  "token-invalid": 401,
  "pairing-refused": 403,
  "not-allowed": 403,
  "not-found": 404,
  conflict: 409,
  "length-required": 411,
  "too-large": 413,
  "type-unsupported": 415,
  "range-unsatisfiable": 416,
  "host-unknown": 421,
  "graph-invalid": 422,
  "asset-refused": 422,
  "key-reused": 422,
  "quote-stale": 409,
  "credits-missing": 402,
  "cap-reached": 402,
  "confirmation-missing": 428,
  "rate-limited": 429,
  internal: 500,
  unavailable: 503,
  "database-gone": 503,
  "storage-full": 507,
} as const;
/** A kind of thing that can be wrong with a request. */
export type RelayErrorCode = keyof typeof relayErrors;

/**
 * The one shape of an answer that says no: a code, a sentence for people, the number under which the
 * relay's log knows it, and the issues where a graph is at fault.
 */
export const relayErrorSchema = z.object({
  error: z.object({
    ...toldErrorSchema.shape.error.shape,
    code: z.enum(Object.keys(relayErrors) as [RelayErrorCode, ...RelayErrorCode[]]),
  }),
});
/** An answer that says no. */
export type RelayError = z.infer<typeof relayErrorSchema>;
