import type { Failure } from "#domain/failure";
import type { Provider } from "../providers/provider.ts";

/** A call that was stopped in time. */
export const cancelledFailure: Failure = {
  code: "cancelled",
  message: "Stopped before the provider took it. It cost nothing.",
  isRetryable: true,
};

/** A call of which it is certain that it never arrived. */
export function interruptedFailure(provider: Provider): Failure {
  return {
    code: "provider-unavailable",
    message: `The relay stopped before ${provider.title} took the request. It cost nothing.`,
    provider: provider.id,
    isRetryable: true,
  };
}

/** A call of which nobody can tell whether it arrived. */
export function unknownFailure(provider: Provider): Failure {
  return {
    code: "outcome-unknown",
    message: `The relay stopped while ${provider.title} was asked, and nobody can tell what became of it. No credits were spent; run it again if you still need it.`,
    provider: provider.id,
    isRetryable: true,
  };
}

/** A call that passed its deadline. */
export function lateFailure(provider: Provider): Failure {
  return {
    code: "timed-out",
    message: `${provider.title} did not finish in time. No credits were spent; run it again later.`,
    provider: provider.id,
    isRetryable: true,
  };
}

/** A call that broke in a way that its provider's adapter did not expect. */
export function brokenFailure(provider: Provider): Failure {
  return {
    code: "internal",
    message: `${provider.title} answered in a way that the relay does not understand. No credits were spent; the relay's log knows more.`,
    provider: provider.id,
    isRetryable: false,
  };
}
