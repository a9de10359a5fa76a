import type { LineCall, LineChanges, LineLimits } from "../store/line-changes.ts";
import type { Store } from "../store/open-store.ts";
import { changeLine } from "../store/provider-line.ts";
import type { EventHub } from "./event-hub.ts";
import type { Presence } from "./presence.ts";
import type { LineBook } from "./provider-line.ts";

/** What the lines of several processes on a database are made of. */
export interface SharedBookParts {
  readonly transaction: Store["transaction"];
  readonly hub: EventHub;
  readonly presence: Presence;
}

/** The line before a provider in the database, for all processes on it. */
export function createSharedBook(parts: SharedBookParts, provider: LineLimits): LineBook {
  const { transaction, hub, presence } = parts;
  const waiting = new Map<string, LineCall>();
  let stay = presence.current().id;
  return {
    isShared: true,
    exchange: async (changes: LineChanges) => {
      const { id } = presence.current();
      // Taken for dead meanwhile: what waited went with the old presence and stands at the end again.
      const lost = id === stay ? [] : [...waiting.values()];
      for (const left of changes.leaving) waiting.delete(left);
      const arrivals = [...lost.filter((call) => waiting.has(call.id)), ...changes.arrivals];
      const news = await transaction((one) =>
        changeLine(one, provider, id, { ...changes, arrivals }),
      );
      stay = id;
      for (const call of changes.arrivals) waiting.set(call.id, call);
      for (const entered of news.entered) waiting.delete(entered);
      if (news.hasServedOthers) hub.notify(lineName(provider.id));
      return news;
    },
  };
}

/** Under which name the hub tells that somebody in a provider's line was let in. */
export function lineName(provider: string): string {
  return `line-of-${provider}`;
}
