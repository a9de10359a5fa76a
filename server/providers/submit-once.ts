import { EgressError, type Fetch } from "../egress.ts";
import { readRetryAfter } from "./retry-after.ts";

/**
 * What became of the one paid request of an attempt. `not-sent` is certain that none left this process;
 * `refused` that the provider answered and did not take it; `accepted` that it took it, though its answer
 * may have been cut short after that; `unknown` is none of these (reliability.md F11 to F15).
 */
export type SubmitOutcome =
  | { readonly kind: "not-sent" }
  | { readonly kind: "refused"; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: "accepted" }
  | { readonly kind: "unknown" };

/** The one submission of an attempt. */
export interface SubmitOnce {
  /** To be given to a vendor's client. */
  readonly fetch: Fetch;
  outcome(): SubmitOutcome;
}

/** What a submission leans on. */
export interface SubmitOptions {
  readonly send: Fetch;
  readonly nowMs: () => number;
  /** Which requests are paid; every POST unless said. All others pass freely. */
  readonly isPaid?: (method: string, url: URL) => boolean;
  /** The 5xx by which this provider says, in its own documentation, that it took nothing. */
  readonly notTaken?: readonly number[];
}

/**
 * Statuses that no vendor's client repeats by itself, in place of those that some repeat without being
 * asked: fal's and Replicate's clients send a paid POST up to six times (providers.md 2.2).
 */
const stands = { refused: 598, unknown: 599 } as const;

/** The host did not wait for the end of the request, and may have begun all the same. */
const requestTimeout = 408;
const tooMany = 429;

/**
 * Lets one paid request leave for an attempt, whatever a vendor's client does. The second and every
 * further one is answered here with status 599, also when the first was never sent: a new try is a new
 * attempt, which the relay decides. Refusals with a meaning (400, 401, 422 …) reach the client as they are.
 */
export function submitOnce({
  send,
  nowMs,
  isPaid = (method) => method === "POST",
  notTaken = [],
}: SubmitOptions): SubmitOnce {
  let outcome: SubmitOutcome = { kind: "not-sent" };
  let isTaken = false;
  const judge = (answer: Response): Response => {
    const { status, headers } = answer;
    const retryAfterMs = readRetryAfter(headers, nowMs());
    if (status === tooMany || notTaken.includes(status)) {
      outcome = { kind: "refused", status, retryAfterMs };
      return inPlaceOf(answer, stands.refused, headers.get("retry-after"));
    }
    if (status >= 500 || status === requestTimeout) {
      outcome = { kind: "unknown" };
      return inPlaceOf(answer, stands.unknown, null);
    }
    outcome = status < 400 ? { kind: "accepted" } : { kind: "refused", status, retryAfterMs };
    return answer;
  };
  return {
    outcome: () => outcome,
    fetch: async (input, init) => {
      const request = input instanceof Request && !init ? input : new Request(input, init);
      if (!isPaid(request.method, new URL(request.url))) return send(request);
      if (isTaken) return inPlaceOf(null, stands.unknown, null);
      isTaken = true;
      // From here until the answer nobody knows.
      outcome = { kind: "unknown" };
      try {
        return judge(await send(request));
      } catch (error) {
        const isSent = !(error instanceof EgressError) || error.isSent;
        outcome = isSent ? { kind: "unknown" } : { kind: "not-sent" };
        if (error instanceof EgressError && error.code === "aborted") throw error;
        return inPlaceOf(null, isSent ? stands.unknown : stands.refused, null);
      }
    },
  };
}

/** An answer that makes a vendor's client give up; it holds nothing that the host said. */
function inPlaceOf(answer: Response | null, status: number, retryAfter: string | null): Response {
  void answer?.body?.cancel().catch(() => undefined);
  const headers = new Headers({ "content-type": "application/json" });
  if (retryAfter !== null) headers.set("retry-after", retryAfter);
  return new Response(JSON.stringify({ detail: "The relay sends a paid request once." }), {
    status,
    headers,
  });
}
