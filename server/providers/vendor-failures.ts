import type { FailureCode } from "#domain/failure";
import { whereKeyIsSet } from "./provider-key.ts";
import { CallFailure, type Provider } from "./provider.ts";

type Named = Pick<Provider, "id" | "title">;

/**
 * What a vendor's refusal means, in the one vocabulary of providers.md 10.7:
 * - `auth`: the key is not taken; `quota`: the account is empty;
 * - `rate-limit`: later; `validation`: the request, `field` in the vendor's word for what is at fault;
 * - `moderation`: the vendor's rules, for what was asked (`prompt`) or what was made (`result`), with a
 *   prompt that it would take where it names one;
 * - `expired`: the job or its result is gone; `provider`: it failed on its side.
 */
export type VendorTrouble =
  | { readonly kind: "auth" | "quota" | "expired" | "provider" }
  | { readonly kind: "rate-limit"; readonly retryAfterMs: number | null }
  | { readonly kind: "validation"; readonly field: string | null; readonly said: string | null }
  | {
      readonly kind: "moderation";
      readonly side: "prompt" | "result";
      readonly suggestion?: string | null;
    };

/**
 * A vendor's trouble as a failure with a sentence for a designer. `isBilled`: whether the vendor charges
 * for it all the same, as some do for results that they withhold; null where nobody knows. The user gets
 * the credits back in any case.
 */
export function vendorFailure(
  provider: Named,
  trouble: VendorTrouble,
  isBilled: boolean | null = false,
): CallFailure {
  const { code, isRetryable, said, setting } = wordsOf(provider, trouble);
  const cost =
    isBilled === false
      ? "It cost nothing"
      : `No credits were spent; ${provider.title} ${isBilled ? "charges" : "may charge"} for it all the same`;
  const [what, next] = said;
  const failure = {
    code,
    message: `${what} ${cost}; ${next}`,
    provider: provider.id,
    isRetryable,
    ...(setting !== null && { setting }),
  };
  const retryAfterMs = trouble.kind === "rate-limit" ? trouble.retryAfterMs : null;
  return new CallFailure(failure, isBilled === false ? "not-billed" : "unknown", retryAfterMs);
}

interface Words {
  readonly code: FailureCode;
  readonly isRetryable: boolean;
  /** What happened, and what to do next. */
  readonly said: readonly [string, string];
  readonly setting: string | null;
}

function wordsOf({ id, title }: Named, trouble: VendorTrouble): Words {
  const words = (code: FailureCode, isRetryable: boolean, what: string, next: string): Words => ({
    code,
    isRetryable,
    said: [what, next],
    setting: null,
  });
  switch (trouble.kind) {
    case "auth":
      return words(
        "key-refused",
        false,
        `${title} does not take the key that is set, or not for this model.`,
        `the relay's owner can set another ${whereKeyIsSet(id)}.`,
      );
    case "quota":
      return words(
        "account-empty",
        false,
        `The account at ${title} has no credit left.`,
        "top it up, then run it again.",
      );
    case "rate-limit":
      return words(
        "provider-limited",
        true,
        `${title} takes no more requests for now.`,
        "run it again later.",
      );
    case "expired":
      return words(
        "result-expired",
        true,
        `${title} does not have this job or its result any more.`,
        "run it again.",
      );
    case "provider":
      return words(
        "provider-unavailable",
        false,
        `${title} failed while it worked on this.`,
        "run it again, or choose another model.",
      );
    case "moderation":
      return words(
        "moderated",
        false,
        moderatedBy(title, trouble),
        "change the prompt or the pictures.",
      );
    case "validation": {
      const { field, said } = trouble;
      const at = field === null ? "" : ` at "${field}"`;
      const reason = said === null ? "" : `: ${quoted(said)}`;
      const what = `${title} refused the request${at}${reason}.`;
      const refused = words("provider-refused", false, what, "change the prompt or the settings.");
      return { ...refused, setting: field };
    }
  }
}

function moderatedBy(
  title: string,
  { side, suggestion = null }: Extract<VendorTrouble, { readonly kind: "moderation" }>,
): string {
  const hint = suggestion === null ? "" : ` It would take: ${quoted(suggestion)}.`;
  return side === "prompt"
    ? `${title} refuses this prompt or one of its pictures by its content rules.${hint}`
    : `${title} withheld the result by its content rules.${hint}`;
}

const longestSaid = 200;

/** A vendor's own words, as data: one line, no longer than a sentence needs, without its full stop. */
function quoted(said: string): string {
  const line = said.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  const short = line.length > longestSaid ? `${line.slice(0, longestSaid)}…` : line;
  return `"${short.replace(/\.$/, "")}"`;
}
