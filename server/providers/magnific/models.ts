import { createCatalog, type Catalog, type ModelRow } from "../catalog.ts";
import { audioRows } from "./audio-rows.ts";
import { editRows } from "./edit-rows.ts";
import { imageRows } from "./image-rows.ts";
import type { MagnificWire } from "./magnific-wire.ts";
import { relightRow } from "./relight-row.ts";
import { upscaleRows } from "./upscale-rows.ts";
import { videoRows } from "./video-rows.ts";

const rows: readonly ModelRow<MagnificWire>[] = [
  ...imageRows,
  ...editRows,
  relightRow,
  ...upscaleRows,
  ...videoRows,
  ...audioRows,
];

/** The models of Magnific under the name of a place: others resell some of them under the same titles. */
export function magnificCatalog(provider: string, place: string): Catalog<MagnificWire> {
  const named = rows.map((row) => ({
    ...row,
    title: row.title.startsWith(`${place} `) ? row.title : `${row.title} (${place})`,
  }));
  return createCatalog(provider, named);
}
