import type { Fetch } from "../../egress.ts";
import type { Catalog } from "../catalog.ts";
import type { SubmitOptions } from "../submit-once.ts";
import type { VendorWords, Withheld } from "./sdk-failures.ts";
import type { SdkModels } from "./sdk-models.ts";
import type { SdkRow } from "./sdk-row.ts";

/** How a vendor tells of a clip. */
export interface VideoWords {
  /** What an answer means that is the end without a clip; null while it goes on or is made. */
  readonly ended: (body: unknown) => Withheld | null;
  /** How far it is, 0 to 1; null where it does not say. */
  readonly progress: (body: unknown) => number | null;
  /** What it took, in micro-dollars; null where it does not say. */
  readonly billed: (metadata: unknown) => number | null;
  /** Whether the vendor's own files are opened with the key, at its own origins alone. */
  readonly hasKeyedFiles: boolean;
}

/** A vendor that the AI SDK speaks to. */
export interface SdkVendor {
  readonly catalog: Catalog<SdkRow>;
  readonly words: VendorWords;
  /** How a question about a clip is answered; for vendors of clips. */
  readonly video?: VideoWords;
  /** See {@link SubmitOptions}. */
  readonly notTaken?: SubmitOptions["notTaken"];
  /** How many tries at a time. */
  readonly concurrency: number;
  /** Imports the vendor's package and opens its models on this way out, with {@link placeholderKey}. */
  readonly open: (fetch: Fetch) => Promise<SdkModels>;
}

/** What the SDK takes for a key: the egress puts the real one in its place. */
export const placeholderKey = "put-in-by-the-relay";
