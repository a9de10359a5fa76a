import { EgressError, type Egress, type Fetch, type Limits } from "../egress.ts";
import type { ProviderDeclaration } from "./declaration.ts";
import { CallFailure, type Output, type Using } from "./provider.ts";
import { sendFailure } from "./send-failures.ts";
import { vendorFailure } from "./vendor-failures.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** How long an answer may take, and how large it may be, by what it is. */
export const answerLimits = {
  /** JSON about a job. */
  job: { deadlineMs: 60_000, maxBytes: 10_000_000 },
  /** A request that waits for its result, which comes in the answer as base64 or bytes. */
  result: { deadlineMs: 600_000, maxBytes: 150_000_000 },
  /** A file of a result. */
  file: { deadlineMs: 300_000, maxBytes: 100 * 1024 * 1024 },
} as const satisfies Record<string, Limits>;

/**
 * A way out to a provider with the key of an attempt: to the key's origins alone. The run has made sure
 * that there is one.
 */
export function wayOut(
  egress: Pick<Egress, "withKey">,
  { key }: Declared,
  using: Pick<Using, "key">,
  limits: Limits,
): Fetch {
  if (!using.key) throw new Error("A provider was asked without its key.");
  const { origins, header, prefix } = key;
  return egress.withKey({ origins, header, prefix, secret: using.key.reveal() }, limits);
}

/** Lets a request go; what fails on its way is a CallFailure. */
export async function explained<Answer>(
  provider: Declared,
  send: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof EgressError) throw sendFailure(provider, error);
    throw error;
  }
}

/**
 * The file of a result, fetched without any key from wherever the provider says it lies. Throws a
 * CallFailure: "result-expired" when it is gone, which may pass (reliability.md F19). What was made was
 * billed, so that no failure of this is certain to be free.
 */
export async function downloadOutput(
  egress: Pick<Egress, "download">,
  provider: Declared,
  address: string,
  signal?: AbortSignal,
): Promise<Output> {
  try {
    const answer = await egress.download(address, answerLimits.file, signal);
    if (!answer.ok) {
      await answer.body?.cancel();
      throw vendorFailure(provider, { kind: "expired" }, null);
    }
    return { kind: "bytes", bytes: new Uint8Array(await answer.arrayBuffer()) };
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    throw new CallFailure(sendFailure(provider, error).failure, "unknown");
  }
}
