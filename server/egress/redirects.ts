import type { Clock } from "../clock.ts";
import { EgressError } from "./egress-error.ts";
import type { Limits, Outgoing } from "./exchange.ts";
import { readOutgoing } from "./read-outgoing.ts";

const mostRedirects = 3;
const redirecting = new Set([301, 302, 303, 307, 308]);

/** Passes on an answer that points nowhere else. Throws EgressError "redirected". */
export async function refuseRedirect(answer: Response): Promise<Response> {
  if (!redirecting.has(answer.status)) return answer;
  await answer.body?.cancel();
  throw new EgressError("redirected", true);
}

/** A file to get. */
export interface Download {
  readonly address: string;
  /** The deadline is for all steps together. */
  readonly limits: Limits;
  readonly signal: AbortSignal | undefined;
  readonly clock: Pick<Clock, "nowMs">;
}

/**
 * Gets a file over three redirects at most; `send` checks each step. Throws EgressError "redirected" when
 * there are more, or one without an address.
 */
export async function followRedirects(
  { address, limits, signal, clock }: Download,
  send: (outgoing: Outgoing, limits: Limits) => Promise<Response>,
): Promise<Response> {
  const endsAtMs = clock.nowMs() + limits.deadlineMs;
  let next = address;
  for (let step = 0; step <= mostRedirects; step += 1) {
    const outgoing = await readOutgoing(next, signal ? { signal } : undefined);
    const left = { ...limits, deadlineMs: Math.max(0, endsAtMs - clock.nowMs()) };
    const answer = await send(outgoing, left);
    if (!redirecting.has(answer.status)) return answer;
    await answer.body?.cancel();
    const location = answer.headers.get("location") ?? "";
    if (location === "" || !URL.canParse(location, outgoing.url.href)) break;
    next = new URL(location, outgoing.url).href;
  }
  throw new EgressError("redirected", true);
}
