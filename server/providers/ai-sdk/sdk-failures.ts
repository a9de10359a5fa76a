import { EgressError } from "../../egress.ts";
import { askFailure, type ReadRefusal } from "../ask-job.ts";
import type { ProviderDeclaration } from "../declaration.ts";
import { CallFailure } from "../provider.ts";
import { sendFailure, submitFailure } from "../send-failures.ts";
import { vendorFailure, type VendorTrouble } from "../vendor-failures.ts";
import type { PaidWire, SdkWire } from "./sdk-wire.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** A result that a vendor made, or did not make, and did not give; whether it is charged, null where nobody knows. */
export interface Withheld {
  readonly trouble: VendorTrouble;
  readonly isBilled: boolean | null;
}

/** How a vendor says that there is no result. */
export interface VendorWords {
  /** What a refusal means; null where its status says all. */
  readonly refusal: ReadRefusal;
  /** What an answer that was taken means instead of a result; null where it does not say. */
  readonly withheld: (body: unknown) => Withheld | null;
}

/** The SDK understood an answer, and there is no result in it. */
export class NoResult extends Error {
  override readonly name = "NoResult";
}

/**
 * What a paid call that threw means for its attempt. It goes by what left and what came back, never by
 * the SDK's own errors: they hold the whole request with its pictures, and are neither kept nor told.
 * Anything that was thrown before a request was made is a mistake in the program, and is given back.
 */
export async function paidFailure(
  provider: Declared,
  { refusal, withheld }: VendorWords,
  wire: PaidWire,
  error: unknown,
): Promise<unknown> {
  if (error instanceof CallFailure) return error;
  const last = wire.last();
  if (last === null) return error;
  if (last instanceof EgressError) {
    return last.code === "aborted"
      ? sendFailure(provider, last)
      : submitFailure(provider, wire.outcome());
  }
  const outcome = wire.outcome();
  if (outcome.kind === "refused") {
    const trouble = refusal(last.status, await last.body());
    return trouble ? vendorFailure(provider, trouble) : submitFailure(provider, outcome);
  }
  const found = outcome.kind === "accepted" ? withheld(await last.body()) : null;
  return found
    ? vendorFailure(provider, found.trouble, found.isBilled)
    : submitFailure(provider, outcome);
}

/**
 * What a question about an accepted job means that threw. Asking is free, so that whatever may pass is
 * asked again; nothing of it is certain to have cost nothing.
 */
export function questionFailure(
  provider: Declared,
  wire: SdkWire,
  error: unknown,
  nowMs: number,
): unknown {
  const last = wire.last();
  if (error instanceof CallFailure || last === null) return error;
  return last instanceof EgressError
    ? sendFailure(provider, last)
    : askFailure(provider, last, nowMs);
}
