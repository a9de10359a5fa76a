import { isWellFormed } from "#domain/well-formed";

/** Whether no text in some JSON is broken, so that every store keeps it as it is. */
export function wellFormedRecord(value: unknown): boolean {
  return isWellFormed(JSON.stringify(value).replaceAll("\\u0000", "\u0000"));
}
