import type { StockCredit } from "#domain/stock-credit";
import type {
  StockPicture,
  stockColors,
  stockKinds,
  stockOrientations,
} from "#domain/stock-routes";
import type { Egress } from "../egress.ts";
import type { ProviderKey } from "../providers/provider-key.ts";
import type { Using } from "../providers/provider.ts";

/** What is searched for; a filter that is not set lets everything through. */
export interface StockSearch {
  readonly query: string;
  /** From 1. */
  readonly page: number;
  readonly kind: (typeof stockKinds)[number];
  readonly orientation: (typeof stockOrientations)[number] | null;
  readonly color: (typeof stockColors)[number] | null;
}

/** A page of results. */
export interface StockPage {
  readonly pictures: readonly StockPicture[];
  readonly hasMore: boolean;
}

/** A picture that was taken, by its bytes, which nobody has looked at yet. */
export interface StockTaken {
  readonly bytes: Uint8Array;
  readonly credit: StockCredit;
}

/** A stock library. Its methods throw {@link StockTrouble} for expected trouble. */
export interface Stock {
  readonly id: string;
  readonly title: string;
  readonly kinds: readonly StockSearch["kind"][];
  /** What it wants to have said beside its results. */
  readonly notice: { readonly text: string; readonly url: string };
  search(asked: StockSearch, using: Using): Promise<StockPage>;
  /** Takes a picture as the library's rules want it told. */
  take(id: string, using: Using): Promise<StockTaken>;
}

/** A stock library as its file declares it; `open` does no work. */
export interface StockDeclaration {
  readonly id: string;
  readonly title: string;
  readonly key: ProviderKey;
  open(egress: Pick<Egress, "withKey" | "download">): Stock;
}

/** How many pictures a page has. */
export const picturesOfPage = 24;

/**
 * Expected trouble with a library, in a sentence for a designer: `key-refused`, `limited` for now, `gone`
 * for a picture that it does not have, `unavailable` for everything else.
 */
export class StockTrouble extends Error {
  override readonly name = "StockTrouble";
  readonly kind: "key-refused" | "limited" | "gone" | "unavailable";
  /** How long it asked to wait, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(kind: StockTrouble["kind"], message: string, retryAfterMs: number | null = null) {
    super(message);
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
