import type { Thumbnail } from "./node-view.ts";

/** A picture of a library as the grid shows it. `title`: what it shows, and whose it is. */
export interface StockPictureView {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly thumbnail: Thumbnail | null;
}

/** The sheet in which a stock picture is searched for a setting of a node. */
export interface StockView {
  readonly node: string;
  readonly setting: string;
  /** Those that have a key; null while they are asked for. */
  readonly libraries: readonly { readonly value: string; readonly label: string }[] | null;
  readonly library: string;
  /** What went wrong or is missing, in a sentence. */
  readonly problem: string | null;
  /** What was searched for; null before the first search. */
  readonly query: string | null;
  readonly pictures: readonly StockPictureView[];
  /** What the library wants to have said beside its results. */
  readonly notice: string;
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  /** The picture that is being taken. */
  readonly taking: string | null;
}

/** What a person can do with stock pictures. Trouble is told in the sheet. */
export interface StockActions {
  openStock(node: string, setting: string): void;
  chooseLibrary(library: string): void;
  searchStock(query: string): void;
  moreStock(): void;
  /** Gives the picture to the node and closes the sheet. */
  takeStock(id: string): void;
  closeStock(): void;
}
