import type { Clock } from "../clock.ts";
import type { StockPage } from "./stock.ts";

const keptMs = 24 * 60 * 60_000;
const mostSearches = 300;

/** Pages that were found within a day, by what was asked; libraries count their requests by the hour. */
export interface SearchCache {
  find(asked: string): StockPage | null;
  keep(asked: string, page: StockPage): void;
}

/** Opens an empty cache. It holds 300 searches; the oldest makes room. */
export function createSearchCache({ nowMs }: Pick<Clock, "nowMs">): SearchCache {
  const kept = new Map<string, { readonly page: StockPage; readonly untilMs: number }>();
  return {
    find: (asked) => {
      const found = kept.get(asked);
      if (found && found.untilMs > nowMs()) return found.page;
      kept.delete(asked);
      return null;
    },
    keep: (asked, page) => {
      kept.delete(asked);
      kept.set(asked, { page, untilMs: nowMs() + keptMs });
      const [oldest] = kept.keys();
      if (kept.size > mostSearches && oldest !== undefined) kept.delete(oldest);
    },
  };
}
