import type { Clock } from "../clock.ts";
import type { Egress } from "../egress.ts";
import { createShortMemory, type ShortMemory } from "../short-memory.ts";
import type { Stock, StockDeclaration, StockPage } from "./stock.ts";

/** Libraries count their requests by the hour. */
const searches = { keptMs: 24 * 60 * 60_000, most: 300 } as const;

/** What the routes of stock libraries work with. */
export interface StockParts {
  readonly stocks: readonly Stock[];
  /** Pages that were found within a day, by what was asked. */
  readonly found: ShortMemory<StockPage>;
  /** The way to their small pictures. */
  readonly egress: Pick<Egress, "download">;
}

/** Opens stock libraries, with nothing found yet. */
export function openStocks(
  stocks: readonly StockDeclaration[] = [],
  egress: Egress,
  clock: Clock,
): StockParts {
  return {
    stocks: stocks.map((declared) => declared.open(egress)),
    egress,
    found: createShortMemory<StockPage>(clock, searches),
  };
}
