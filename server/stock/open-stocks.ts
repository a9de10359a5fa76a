import type { Clock } from "../clock.ts";
import type { Egress } from "../egress.ts";
import { createSearchCache, type SearchCache } from "./search-cache.ts";
import type { Stock, StockDeclaration } from "./stock.ts";

/** What the routes of stock libraries work with. */
export interface StockParts {
  readonly stocks: readonly Stock[];
  readonly found: SearchCache;
}

/** Opens stock libraries, with nothing found yet. */
export function openStocks(
  stocks: readonly StockDeclaration[] = [],
  egress: Egress,
  clock: Clock,
): StockParts {
  return {
    stocks: stocks.map((declared) => declared.open(egress)),
    found: createSearchCache(clock),
  };
}
