import { EgressError, type Fetch } from "../../egress.ts";
import { readJson } from "../read-json.ts";
import { submitOnce, type SubmitOptions, type SubmitOutcome } from "../submit-once.ts";

/** An answer as the host gave it, whatever the SDK made of it. */
export interface HeardAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Its JSON; null where it is none. Nothing of it is trusted. */
  readonly body: () => Promise<unknown>;
}

/**
 * A way out to be given to a provider of the AI SDK, which listens: the SDK's errors leave out what
 * decides between a rate and an empty account, or why a result was withheld.
 */
export interface SdkWire {
  readonly fetch: Fetch;
  /** What came last; null before the first answer. */
  readonly last: () => HeardAnswer | EgressError | null;
}

/** A way out for the one paid request of an attempt. */
export interface PaidWire extends SdkWire {
  readonly outcome: () => SubmitOutcome;
}

/** Answers without a body, by the standard; a Response refuses one for them. */
const bodiless = new Set([204, 205, 304]);

/**
 * A wire that lets everything through. Each answer is read whole before the SDK sees it, so that what
 * breaks on the way is told apart from what the host said.
 */
export function openWire(send: Fetch): SdkWire {
  let last: HeardAnswer | EgressError | null = null;
  return {
    last: () => last,
    fetch: async (input, init) => {
      try {
        const answer = await send(input, init);
        const { status, headers } = answer;
        const bytes = bodiless.has(status) ? null : await answer.arrayBuffer();
        last = { status, headers, body: () => readJson(new Response(bytes)) };
        return new Response(bytes, { status, headers });
      } catch (error) {
        if (error instanceof EgressError) last = error;
        throw error;
      }
    },
  };
}

/** A wire that lets one paid request through, whatever the SDK does. */
export function openPaidWire({ send, ...options }: SubmitOptions): PaidWire {
  const wire = openWire(send);
  const once = submitOnce({ send: wire.fetch, ...options });
  return { last: wire.last, fetch: once.fetch, outcome: () => once.outcome() };
}
