import { EgressError, type Egress } from "../egress.ts";
import type { KeyProvider } from "./key-providers.ts";

/** What a provider said to a key. */
export interface KeyTrial {
  readonly outcome: "good" | "refused" | "unclear";
  readonly sentence: string;
}

const limits = { deadlineMs: 15_000, maxBytes: 2_000_000 } as const;

/** Tries a key by a request that costs nothing. Nothing that the provider says is passed on. */
export async function tryKey(
  egress: Pick<Egress, "withKey">,
  provider: KeyProvider,
  key: string,
): Promise<KeyTrial> {
  const { title, origins, header, prefix, free } = provider;
  const send = egress.withKey({ origins, header, prefix, secret: key }, limits);
  try {
    const answer = await send(`${origins[0] ?? ""}${free.path}`, { headers: { ...free.headers } });
    await answer.body?.cancel();
    if (answer.ok) return { outcome: "good", sentence: `${title} takes the key.` };
    if (answer.status === 401 || answer.status === 403) {
      return { outcome: "refused", sentence: `${title} does not take the key. Set another one.` };
    }
    const sentence = `${title} answered ${answer.status}, which says nothing about the key. Try again later.`;
    return { outcome: "unclear", sentence };
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    return { outcome: "unclear", sentence: `${title} was not asked: ${error.message}` };
  }
}
