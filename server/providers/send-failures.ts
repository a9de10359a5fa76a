import type { FailureCode } from "#domain/failure";
import type { EgressError } from "../egress.ts";
import { type EgressCode } from "../egress.ts";
import { whereKeyIsSet } from "./provider-key.ts";
import { CallFailure, type Provider } from "./provider.ts";
import type { SubmitOutcome } from "./submit-once.ts";

type Named = Pick<Provider, "id" | "title">;

interface Words {
  readonly code: FailureCode;
  readonly isRetryable: boolean;
  readonly message: (title: string) => string;
}

const back = "No credits were spent";
const unreachable: Words = {
  code: "provider-unavailable",
  isRetryable: true,
  message: (title) => `${title} could not be reached. It cost nothing; run it again later.`,
};
const unknown: Words = {
  code: "outcome-unknown",
  isRetryable: true,
  message: (title) =>
    `The connection to ${title} broke, and nobody can tell what became of the request. ${back}; run it again if you still need it.`,
};
const elsewhere: Words = {
  code: "provider-protocol",
  isRetryable: false,
  message: (title) => `${title} named an address that the relay does not go to. ${back}.`,
};
const stopped: Words = {
  code: "cancelled",
  isRetryable: true,
  message: (title) => `Stopped while ${title} was asked. ${back}.`,
};

const byEgressCode: Readonly<Record<EgressCode, Words>> = {
  unreachable,
  blocked: elsewhere,
  "key-elsewhere": elsewhere,
  redirected: elsewhere,
  cut: unknown,
  garbled: unknown,
  aborted: stopped,
  late: {
    code: "timed-out",
    isRetryable: true,
    message: (title) => `${title} took too long to answer. ${back}; run it again later.`,
  },
  "too-large": {
    code: "result-invalid",
    isRetryable: false,
    message: (title) =>
      `${title} sent more than the relay takes. ${back}; choose a smaller result.`,
  },
};

/** What a request that failed on its way means for its call: certain to be free when it was not sent. */
export function sendFailure(provider: Named, error: EgressError): CallFailure {
  return say(provider, byEgressCode[error.code], error.isSent ? "unknown" : "not-billed");
}

/**
 * What a paid request that led to no result means for its attempt. For a refusal whose body says more,
 * such as which setting was at fault, an adapter makes its own failure.
 */
export function submitFailure(provider: Named, outcome: SubmitOutcome): CallFailure {
  switch (outcome.kind) {
    case "not-sent":
      return say(provider, unreachable, "not-billed");
    case "refused":
      return say(
        provider,
        refusalOf(outcome.status, provider.id),
        "not-billed",
        outcome.retryAfterMs,
      );
    case "unknown":
      return say(provider, unknown, "unknown");
    case "accepted": {
      const message = (title: string) =>
        `${title} took the request, but its answer cannot be used. ${back}; the provider may have billed it.`;
      return say(provider, { code: "provider-protocol", isRetryable: false, message }, "unknown");
    }
  }
}

function refusalOf(status: number, id: string): Words {
  switch (status) {
    case 401:
    case 403:
      return {
        code: "key-refused",
        isRetryable: false,
        message: (title) =>
          `${title} does not take the key that is set, or not for this model. It cost nothing; the relay's owner can set another ${whereKeyIsSet(id)}.`,
      };
    case 402:
      return {
        code: "account-empty",
        isRetryable: false,
        message: (title) =>
          `The account at ${title} has no credit left. It cost nothing; top it up, then run it again.`,
      };
    case 429:
      return {
        code: "provider-limited",
        isRetryable: true,
        message: (title) =>
          `${title} takes no more requests for now. It cost nothing; run it again later.`,
      };
    default:
      return {
        code: status >= 500 ? "provider-unavailable" : "provider-refused",
        isRetryable: status >= 500,
        message: (title) =>
          status >= 500
            ? `${title} is not available for now. It cost nothing; run it again later.`
            : `${title} refused the request. It cost nothing; change the prompt or the settings.`,
      };
  }
}

function say(
  { id, title }: Named,
  { code, isRetryable, message }: Words,
  outcome: CallFailure["outcome"],
  retryAfterMs: number | null = null,
): CallFailure {
  const failure = { code, message: message(title), provider: id, isRetryable };
  return new CallFailure(failure, outcome, retryAfterMs);
}
