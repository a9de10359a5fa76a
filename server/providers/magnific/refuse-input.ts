import { CallFailure } from "../provider.ts";

/** The ratios of Mystic's look "fluid", by the vendor's own note on the field. */
export const fluidRatios: readonly string[] = ["1:1", "9:16", "16:9", "3:4", "4:3"];

/** Refuses what the vendor would refuse, before anything is sent. */
export function refuseInput(what: string): CallFailure {
  const message = `${what} It cost nothing; change the node and run it again.`;
  return new CallFailure({ code: "input-invalid", message, isRetryable: false }, "not-billed");
}
