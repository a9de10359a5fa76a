import type { FieldView } from "../../../../ui/node-view.ts";
import type { StockView } from "../../../../ui/stock-view.ts";
import { madeUpPicture } from "./made-up-picture.ts";

/** The sheet before anything was searched, with two libraries. */
export const stockOpened: StockView = {
  node: "1:2",
  setting: "asset",
  libraries: [
    { value: "pexels", label: "Pexels" },
    { value: "unsplash", label: "Unsplash" },
  ],
  library: "pexels",
  problem: null,
  query: null,
  pictures: [],
  notice: "",
  hasMore: false,
  isBusy: false,
  taking: null,
};

const authors = ["Jane Doe", "Aleksandra Wiśniewska-Kowalczyk", "Li", "Omar Haddad", "Ana Ruiz"];

/** Pictures that were found; the small picture of one is not there yet. */
export const stockFound: StockView = {
  ...stockOpened,
  query: "harbour at dusk",
  pictures: Array.from({ length: 11 }, (_, at) => {
    const title = `Harbour at dusk, ${at + 1}`;
    return {
      id: `p${at}`,
      title,
      author: authors[at % authors.length]!,
      thumbnail: at === 4 ? null : madeUpPicture(at, title),
    };
  }),
  notice: "Photos provided by Pexels",
  hasMore: true,
};

/** A search that found nothing. */
export const stockEmpty: StockView = { ...stockOpened, query: "qwertz" };

/** No library has a key. */
export const stockWithoutKey: StockView = {
  ...stockOpened,
  libraries: [],
  library: "",
  problem:
    'No stock library has a key yet. The relay\'s owner can set one in its console, or by "spaces keys set PROVIDER", where PROVIDER is one of freepik, magnific, pexels, unsplash.',
};

/** The setting of an Upload node that holds a stock picture. */
export const stockFields: readonly FieldView[] = [
  {
    name: "asset",
    param: {
      control: "asset",
      label: "File",
      accepts: ["image", "video", "audio"],
      default: null,
    },
    value: {
      hash: "0".repeat(64),
      mediaType: "image/jpeg",
      bytes: 1_800_000,
      widthPx: 4000,
      heightPx: 3000,
      durationMs: null,
      credit: {
        line: "Photo by Jane Doe on Pexels",
        author: { name: "Jane Doe", url: null },
        pageUrl: "https://www.pexels.com/photo/7/",
        licence: "Pexels licence",
      },
    },
    problem: null,
  },
];
