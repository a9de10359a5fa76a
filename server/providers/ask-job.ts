import type * as z from "zod";
import type { ProviderDeclaration, ProviderParts } from "./declaration.ts";
import { CallFailure, type Using } from "./provider.ts";
import { readJson } from "./read-json.ts";
import { readRetryAfter } from "./retry-after.ts";
import { submitFailure } from "./send-failures.ts";
import { submitOnce } from "./submit-once.ts";
import { vendorFailure, type VendorTrouble } from "./vendor-failures.ts";
import { answerLimits, explained, wayOut } from "./way-out.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** What a vendor's own words of a refusal mean; null where its status says all. */
export type ReadRefusal = (status: number, body: unknown) => VendorTrouble | null;

/** The one paid request of an attempt, in JSON unless its body is a form. */
export interface JobSubmission<Accepted> {
  readonly address: string;
  readonly body: unknown;
  readonly accepted: z.ZodType<Accepted>;
  readonly refusal: ReadRefusal;
}

/**
 * Sends the one paid request of an attempt and answers what the vendor said when it took it. Throws a
 * CallFailure for everything else.
 */
export async function submitJob<Accepted>(
  { egress, clock }: Pick<ProviderParts, "egress" | "clock">,
  provider: Declared,
  using: Using,
  { address, body, accepted, refusal }: JobSubmission<Accepted>,
): Promise<Accepted> {
  const send = wayOut(egress, provider, using, answerLimits.job);
  const once = submitOnce({ send, nowMs: clock.nowMs });
  const isForm = body instanceof URLSearchParams;
  const type = isForm ? "application/x-www-form-urlencoded" : "application/json";
  const answer = await explained(provider, () =>
    once.fetch(address, {
      method: "POST",
      headers: { "content-type": type, accept: "application/json" },
      body: isForm ? body : JSON.stringify(body),
      signal: using.signal,
    }),
  );
  const said = await readJson(answer);
  const read = answer.ok ? accepted.safeParse(said) : null;
  if (read?.success) return read.data;
  const outcome = once.outcome();
  const trouble = outcome.kind === "refused" ? refusal(answer.status, said) : null;
  throw trouble ? vendorFailure(provider, trouble) : submitFailure(provider, outcome);
}

/**
 * Asks for an accepted job, which costs nothing. Throws a CallFailure, one that may pass wherever asking
 * again may help; none is certain to be free, for the job was taken.
 */
export async function askJob<Standing>(
  { egress, clock }: Pick<ProviderParts, "egress" | "clock">,
  provider: Declared,
  using: Using,
  { address, standing }: { readonly address: string; readonly standing: z.ZodType<Standing> },
): Promise<Standing> {
  const send = wayOut(egress, provider, using, answerLimits.job);
  const answer = await explained(provider, () =>
    send(address, { headers: { accept: "application/json" }, signal: using.signal }),
  );
  const said = await readJson(answer);
  const read = answer.ok ? standing.safeParse(said) : null;
  if (read?.success) return read.data;
  throw askFailure(provider, answer, clock.nowMs());
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
