import type { PluginHandlers } from "#domain/plugin-end";
import { findResults } from "./find-results.ts";
import { place } from "./place.ts";
import { dropTransfer, readSlice, sendSlice } from "./transfers.ts";

/** Everything of the canvas that has to do with results. */
export const placeHandlers = {
  place,
  findResults,
  sendSlice,
  readSlice,
  dropTransfer,
} satisfies Partial<PluginHandlers>;
