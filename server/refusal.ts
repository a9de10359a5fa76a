import type { Issue } from "#domain/issue";
import type { RelayErrorCode } from "#domain/relay-error";

/** The one exception of a route: says no with a code of `relayErrors` and a sentence for people. */
export class Refusal extends Error {
  readonly code: RelayErrorCode;
  readonly issues: readonly Issue[];

  constructor(code: RelayErrorCode, message: string, issues: readonly Issue[] = []) {
    super(message);
    this.code = code;
    this.issues = issues;
  }
}
