import type { Model } from "#domain/model";
import type { Clock } from "../../clock.ts";
import type { Using } from "../provider.ts";

/** What a server has, as it says it. */
export interface ListedModel {
  /** The server's own name of it. */
  readonly id: string;
  readonly title: string;
  /** Whether the server says that it looks at pictures. */
  readonly canSee: boolean;
  /** Changes when another model has the same name. */
  readonly version: string;
}

/** The models of a server that is asked now and then. */
export interface LiveModels {
  /** As they were known last; those that are gone say so. */
  models(): readonly Model[];
  /** What the server said of a model; null for one that it never named. */
  find(id: string): ListedModel | null;
  /** Asks again when the list is old or the key is another. Waits a second at most, and never fails. */
  refresh(using: Pick<Using, "key">): Promise<void>;
}

/** What live models lean on. */
export interface LiveModelsParts {
  readonly clock: Pick<Clock, "nowMs" | "sleep">;
  /** Null where the server does not answer. */
  readonly read: (using: Pick<Using, "key">) => Promise<readonly ListedModel[] | null>;
  /** A model for the relay; `unavailable` is null or a sentence. */
  readonly modelOf: (
    listed: ListedModel,
    unavailable: string | null,
    using: Pick<Using, "key">,
  ) => Model;
  /** Why none can run while the server does not answer. */
  readonly silent: string;
  /** Why one cannot run that the server had before. */
  readonly gone: (listed: ListedModel) => string;
}

/** How long a list is good; one that could not be had is asked for again sooner. */
const freshMs = { heard: 30_000, silent: 5_000 } as const;
const patienceMs = 1_000;

/** Keeps the list of a server. Nothing is asked before the first refresh. */
export function createLiveModels(parts: LiveModelsParts): LiveModels {
  const { clock, read, modelOf, silent, gone } = parts;
  const known = new Map<string, ListedModel>();
  let models: readonly Model[] = [];
  let askAgainAtMs = Number.NEGATIVE_INFINITY;
  let askedWith: string | null = null;
  let asking: Promise<void> | null = null;

  const ask = async (using: Pick<Using, "key">): Promise<void> => {
    const listed = await read(using);
    askAgainAtMs = clock.nowMs() + (listed ? freshMs.heard : freshMs.silent);
    const there = new Set(listed?.map(({ id }) => id));
    for (const each of listed ?? []) known.set(each.id, each);
    const why = (each: ListedModel) => (listed ? gone(each) : silent);
    models = [...known.values()].map((each) =>
      modelOf(each, there.has(each.id) ? null : why(each), using),
    );
  };
  return {
    models: () => models,
    find: (id) => known.get(id) ?? null,
    refresh: async (using) => {
      const version = using.key?.version ?? null;
      if (clock.nowMs() < askAgainAtMs && version === askedWith) return;
      askedWith = version;
      asking ??= ask(using).finally(() => {
        asking = null;
      });
      const enough = new AbortController();
      await Promise.race([asking, clock.sleep(patienceMs, enough.signal)]);
      enough.abort();
    },
  };
}
