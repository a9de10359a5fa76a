import { EgressError, type BoundKey, type Egress, type Fetch, type Limits } from "../egress.ts";
import type { HeldKey } from "../keys/key-ring.ts";
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
  /** What is said to a file that is given to a vendor; the time is for all of its bytes to go. */
  upload: { deadlineMs: 300_000, maxBytes: 1_000_000 },
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
  return egress.withKey(boundKey(key, using.key), limits);
}

/** A key with the only origins that it may go to. */
function boundKey(key: Declared["key"], held: HeldKey): BoundKey {
  if (!key) throw new Error("A provider that takes no key was given one.");
  const { origins, header, prefix } = key;
  return { origins, header, prefix, secret: held.reveal() };
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
 * The file of a result, fetched from wherever the provider says it lies. `held` is for vendors whose own
 * files need the key: it goes to the key's origins, and to no other that the address or a redirect names.
 * Throws a CallFailure: "result-expired" when it is gone, which may pass (reliability.md F19). What was made was
 * billed, so that no failure of this is certain to be free.
 */
export async function downloadOutput(
  egress: Pick<Egress, "download">,
  provider: Declared,
  address: string,
  signal?: AbortSignal,
  held: HeldKey | null = null,
): Promise<Output> {
  try {
    const key = held && boundKey(provider.key, held);
    const answer = await egress.download(address, answerLimits.file, signal, key);
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
