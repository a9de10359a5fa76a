import type { Issue } from "#domain/issue";
import type { RelayErrorCode } from "#domain/relay-error";

/** The one exception of a route: says no with a code of `relayErrors` and a sentence for people. */
export class Refusal extends Error {
  readonly code: RelayErrorCode;
  readonly issues: readonly Issue[];
  /** When it is worth asking again, in whole seconds; null where nobody can tell. */
  readonly retryAfterS: number | null;

  constructor(
    code: RelayErrorCode,
    message: string,
    issues: readonly Issue[] = [],
    retryAfterS: number | null = null,
  ) {
    super(message);
    this.code = code;
    this.issues = issues;
    this.retryAfterS = retryAfterS;
  }
}
