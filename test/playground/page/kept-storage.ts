import * as z from "zod/mini";

const keptSchema = z.record(z.string(), z.string());
const sessionKey = "spaces-playground-client-storage";

/**
 * A person's clientStorage that outlives a reload of this tab, and nothing more: it holds the token of
 * a paired relay, which must not stay in a browser for good.
 */
export class KeptStorage extends Map<string, string> {
  override set(key: string, value: string): this {
    super.set(key, value);
    this.#keep();
    return this;
  }

  override delete(key: string): boolean {
    const wasThere = super.delete(key);
    this.#keep();
    return wasThere;
  }

  #keep(): void {
    sessionStorage.setItem(sessionKey, JSON.stringify(Object.fromEntries(this)));
  }
}

/** What this tab kept; empty where nothing readable is there. */
export function openKeptStorage(): KeptStorage {
  const storage = new KeptStorage();
  const kept = keptSchema.safeParse(parseJson(sessionStorage.getItem(sessionKey)));
  for (const [key, value] of Object.entries(kept.data ?? {})) storage.set(key, value);
  return storage;
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "") as unknown;
  } catch {
    return null;
  }
}
