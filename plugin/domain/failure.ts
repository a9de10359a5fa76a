import * as z from "zod/mini";

/** Every kind of thing that can go wrong during a run. */
export const failureCodes = [
  "provider-refused",
  "provider-limited",
  "provider-unavailable",
  "provider-protocol",
  "key-missing",
  "key-refused",
  "account-empty",
  "moderated",
  "input-invalid",
  "asset-missing",
  "result-expired",
  "result-invalid",
  "outcome-unknown",
  "timed-out",
  "cancelled",
  "storage-full",
  "internal",
] as const;
/** Schema of {@link FailureCode}. */
export const failureCodeSchema = z.enum(failureCodes);
/** A kind of thing that can go wrong during a run. */
export type FailureCode = z.infer<typeof failureCodeSchema>;

/**
 * Something that went wrong while a node ran, as data. The message is a whole sentence for a
 * designer: what happened and what to do next; what it cost stands in the event beside it.
 */
export const failureSchema = z.object({
  code: failureCodeSchema,
  message: z.string().check(z.maxLength(1000)),
  provider: z.optional(z.string()),
  /** The setting or input that the provider named as the one at fault. */
  setting: z.optional(z.string()),
  isRetryable: z.boolean(),
});
/** Something that went wrong while a node ran. */
export type Failure = z.infer<typeof failureSchema>;

/** The one exception of a run: carries a failure to the place that turns it back into data. */
export class RunFailure extends Error {
  override readonly name = "RunFailure";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}
