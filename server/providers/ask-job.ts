import type * as z from "zod";
import { EgressError, type Fetch, type Limits } from "../egress.ts";
import type { ProviderDeclaration, ProviderParts } from "./declaration.ts";
import { hear, type Heard } from "./hear.ts";
import { CallFailure, type Using } from "./provider.ts";
import { readRetryAfter } from "./retry-after.ts";
import { sendFailure, submitFailure } from "./send-failures.ts";
import { submitOnce } from "./submit-once.ts";
import { vendorFailure, type VendorTrouble } from "./vendor-failures.ts";
import { answerLimits, explained, wayOut } from "./way-out.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** What a vendor's own words of a refusal mean; null where its status says all. */
export type ReadRefusal = (status: number, body: unknown) => VendorTrouble | null;

/** The one paid request of an attempt, by a vendor's client or by hand. */
export interface Submitting<Accepted> {
  /** Asks with the `fetch` that it is given, and with no other. */
  readonly ask: (fetch: Fetch) => Promise<unknown>;
  readonly accepted: z.ZodType<Accepted>;
  readonly refusal: ReadRefusal;
  /** How long its answer may take and how large it may be; as one about a job unless said. */
  readonly limits?: Limits;
}

/** The one paid request of an attempt, in JSON unless its body is a form. */
export type JobSubmission<Accepted> = Omit<Submitting<Accepted>, "ask"> & {
  readonly address: string;
  readonly body: unknown;
};

/**
 * Lets a vendor's client send the one paid request of an attempt, whatever it tries, and answers what the
 * vendor said when it took it. Throws a CallFailure for everything else.
 */
export async function submitThrough<Accepted>(
  { egress, clock }: Pick<ProviderParts, "egress" | "clock">,
  provider: Declared,
  using: Using,
  { ask, accepted, refusal, limits = answerLimits.job }: Submitting<Accepted>,
): Promise<Accepted> {
  const send = wayOut(egress, provider, using, limits);
  const once = submitOnce({ send, nowMs: clock.nowMs });
  const { status, said } = await explained(provider, () => hear(once.fetch, using, ask));
  const read = isGood(status) ? accepted.safeParse(said) : null;
  if (read?.success) return read.data;
  const outcome = once.outcome();
  const trouble = outcome.kind === "refused" ? refusal(status, said) : null;
  throw trouble ? vendorFailure(provider, trouble) : submitFailure(provider, outcome);
}

/** {@link submitThrough} without a client: a POST of JSON or of a form. */
export function submitJob<Accepted>(
  parts: Pick<ProviderParts, "egress" | "clock">,
  provider: Declared,
  using: Using,
  { address, body, ...submission }: JobSubmission<Accepted>,
): Promise<Accepted> {
  const isForm = body instanceof URLSearchParams;
  const type = isForm ? "application/x-www-form-urlencoded" : "application/json";
  return submitThrough(parts, provider, using, {
    ...submission,
    ask: (fetch) =>
      fetch(address, {
        method: "POST",
        headers: { "content-type": type, accept: "application/json" },
        body: isForm ? body : JSON.stringify(body),
        signal: using.signal,
      }),
  });
}

/**
 * Asks about an accepted job, which costs nothing, and answers whatever was said. Throws a CallFailure for
 * what failed on its way; none of it is certain to be free, for the job was taken.
 */
export async function hearOfJob(
  { egress }: Pick<ProviderParts, "egress">,
  provider: Declared,
  using: Using,
  ask: (fetch: Fetch) => Promise<unknown>,
  limits: Limits = answerLimits.job,
): Promise<Heard> {
  const send = wayOut(egress, provider, using, limits);
  try {
    return await hear(send, using, ask);
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    throw new CallFailure(sendFailure(provider, error).failure, "unknown");
  }
}

/**
 * Asks how an accepted job stands. Throws a CallFailure, one that may pass wherever asking again may help.
 */
export async function askThrough<Standing>(
  parts: Pick<ProviderParts, "egress" | "clock">,
  provider: Declared,
  using: Using,
  question: {
    readonly ask: (fetch: Fetch) => Promise<unknown>;
    readonly standing: z.ZodType<Standing>;
    readonly limits?: Limits | undefined;
  },
): Promise<Standing> {
  const heard = await hearOfJob(parts, provider, using, question.ask, question.limits);
  const read = isGood(heard.status) ? question.standing.safeParse(heard.said) : null;
  if (read?.success) return read.data;
  throw askFailure(provider, heard, parts.clock.nowMs());
}

/** {@link askThrough} without a client: a GET of JSON. */
export function askJob<Standing>(
  parts: Pick<ProviderParts, "egress" | "clock">,
  provider: Declared,
  using: Using,
  {
    address,
    ...question
  }: {
    readonly address: string;
    readonly standing: z.ZodType<Standing>;
    readonly limits?: Limits;
  },
): Promise<Standing> {
  return askThrough(parts, provider, using, {
    ...question,
    ask: (fetch) =>
      fetch(address, { headers: { accept: "application/json" }, signal: using.signal }),
  });
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300;
}

/** What an answer means that does not tell how an accepted job stands. */
export function askFailure(
  provider: Declared,
  { status, headers }: Pick<Response, "status" | "headers">,
  nowMs: number,
): CallFailure {
  if (status === 401 || status === 403) return vendorFailure(provider, { kind: "auth" }, null);
  if (status === 404 || status === 410) return vendorFailure(provider, { kind: "expired" }, null);
  if (status === 429) {
    const retryAfterMs = readRetryAfter(headers, nowMs);
    return vendorFailure(provider, { kind: "rate-limit", retryAfterMs }, null);
  }
  const isDown = status >= 500;
  const message = isDown
    ? `${provider.title} is not available for now, so nobody knows how this stands.`
    : `${provider.title} answered in a way that the relay does not understand.`;
  return new CallFailure(
    {
      code: isDown ? "provider-unavailable" : "provider-protocol",
      message: `${message} The relay goes on asking until the node's time is over.`,
      provider: provider.id,
      isRetryable: true,
    },
    "unknown",
  );
}
