import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals-core";
import type { Asset } from "#domain/asset";
import type { RelayClient } from "#domain/relay-client";
import type { StockActions, StockView } from "../stock-view.ts";
import { Hindrance, reached } from "./action-context.ts";
import type { LookUp } from "./node-references.ts";
import { sentenceFor } from "./relay-trouble.ts";

/** What stock pictures are searched and taken with. */
export interface StockParts {
  readonly relay: () => RelayClient | null;
  readonly address: () => string;
  readonly lookUp: LookUp;
  /** Gives a node an asset of the relay. */
  readonly setAsset: (node: string, setting: string, asset: Asset) => Promise<void>;
}

/** The sheet of stock pictures and what can be done with it; null while it is closed. */
export interface Stock {
  readonly view: ReadonlySignal<StockView | null>;
  readonly actions: {
    readonly [Name in keyof StockActions]: (
      ...given: Parameters<StockActions[Name]>
    ) => Promise<void>;
  };
}

/** A picture as it was found. */
interface Found {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly thumb: string;
}

type Sheet = Omit<StockView, "pictures"> & {
  readonly pictures: readonly Found[];
  readonly page: number;
};

const closedBook = { pictures: [], page: 0, hasMore: false, notice: "", query: null } as const;

/** What is said to change of the sheet; null closes it. */
type Ask = (relay: RelayClient) => Promise<Partial<Sheet> | null>;

/** A closed sheet. */
export function createStock(parts: StockParts): Stock {
  const sheet = signal<Sheet | null>(null);
  const work = workOn(sheet, parts);
  return {
    view: computed(() => sheet.value && viewOf(sheet.value, parts.lookUp)),
    actions: {
      openStock: async (node, setting) => {
        const empty = { libraries: null, library: "", problem: null, taking: null, isBusy: false };
        sheet.value = { node, setting, ...closedBook, ...empty };
        await work({ isBusy: true }, readLibraries);
      },
      chooseLibrary: (library) => {
        change(sheet, { library, problem: null, ...closedBook });
        return Promise.resolve();
      },
      searchStock: async (query) => {
        const open = sheet.peek();
        if (open?.taking !== null || query === "") return;
        await work({ ...closedBook, query, isBusy: true }, async (relay) => {
          // They were asked for while the relay was away.
          const now = open.libraries ? {} : await readLibraries(relay);
          if (now.problem) return now;
          const found = await searchOf({ ...open, ...now, ...closedBook, query })(relay);
          return { ...now, ...found };
        });
      },
      moreStock: async () => {
        const open = sheet.peek();
        if (open && !open.isBusy) await work({ isBusy: true }, searchOf(open));
      },
      takeStock: async (id) => {
        const open = sheet.peek();
        if (open?.isBusy !== false) return;
        const { library: provider, node, setting } = open;
        await work({ isBusy: true, taking: id }, async (relay) => {
          const { asset } = await relay.call("stockTake", { body: { provider, id } });
          // A sheet that was closed meanwhile wants nothing any more.
          if (sheet.peek()?.taking === id) await parts.setAsset(node, setting, asset);
          return null;
        });
      },
      closeStock: () => {
        sheet.value = null;
        return Promise.resolve();
      },
    },
  };
}

function change(sheet: Signal<Sheet | null>, changes: Partial<Sheet>): void {
  const open = sheet.peek();
  if (open) sheet.value = { ...open, ...changes };
}

/**
 * Works on the sheet as it is now; what goes wrong is told in it. An answer that comes after the sheet
 * moved on is for nobody.
 */
function workOn(sheet: Signal<Sheet | null>, { relay, address }: StockParts) {
  return async (begin: Partial<Sheet>, ask: Ask): Promise<void> => {
    change(sheet, { ...begin, problem: null });
    const mine = sheet.peek();
    const end = (changes: Partial<Sheet> | null) => {
      if (sheet.peek() !== mine) return;
      if (changes) change(sheet, { isBusy: false, taking: null, ...changes });
      else sheet.value = null;
    };
    try {
      end(await ask(reached(relay())));
    } catch (error) {
      end({ problem: error instanceof Hindrance ? error.message : sentenceFor(error, address()) });
    }
  };
}

async function readLibraries(relay: RelayClient): Promise<Partial<Sheet>> {
  const { libraries, unavailable } = await relay.call("stockLibraries", { body: undefined });
  return {
    libraries: libraries.map(({ id, title }) => ({ value: id, label: title })),
    library: libraries[0]?.id ?? "",
    problem: unavailable,
  };
}

/** Asks for the page behind those that are there. */
function searchOf({ library, query, pictures, page }: Sheet): Ask {
  return async (relay) => {
    const asked = { query: query ?? "", page: String(page + 1), provider: library };
    const found = await relay.call("stockSearch", { query: asked, body: undefined });
    const known = new Set(pictures.map(({ id }) => id));
    const more = found.pictures.filter(({ id }) => !known.has(id));
    return {
      pictures: [
        ...pictures,
        ...more.map(({ id, title, author, thumb }) => ({ id, title, author: author.name, thumb })),
      ],
      page: page + 1,
      hasMore: found.hasMore,
      notice: found.notice.text,
    };
  };
}

function viewOf({ pictures, page: _, ...sheet }: Sheet, lookUp: LookUp): StockView {
  return {
    ...sheet,
    pictures: pictures.map(({ id, title, author, thumb }) => ({
      ...{ id, title, author },
      thumbnail: lookUp({ kind: "stock", thumb, alt: title }),
    })),
  };
}
