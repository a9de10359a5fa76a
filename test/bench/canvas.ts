import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { PluginWindow } from "../figma/people/plugin-window.ts";
import { buildPng } from "../helpers/build-png.ts";
import { openBoard, resultRecord } from "../plugin/board.ts";
import { followBoard, readBoard } from "../plugin/board-copy.ts";
import { openPlugin } from "../plugin/open-plugin.ts";
import { formatTable, medianOf } from "./measure.ts";

/** A real FigJam board of a payments team: 4,323 layers, 642 connectors, 624 instances. */
const board = new URL(
  "../../../shared/fixtures/figjam/estridi-payments-2024-04-04.json",
  import.meta.url,
);
const rounds = 7;
const movesPerRound = 5;
const results = 50;
const resultSidePx = 1_024;
const resultRounds = 3;

/** What the main thread may take, in milliseconds during which the canvas stands still. */
const limitsMs = { firstRead: 250, movedLayer: 5, longestSlice: 32, longestPlacing: 50 };

/** What the plugin held the thread for since a moment, the stand-in's side of each call included. */
function heldMs(window: PluginWindow, from: number) {
  const slices = window.slices.slice(from).map(({ totalMs }) => totalMs);
  return { allMs: slices.reduce((sum, each) => sum + each, 0), longestMs: Math.max(0, ...slices) };
}

/** The longest slice while 50 pictures are placed in one card, one after the other. */
async function longestPlacingMs(): Promise<number> {
  const placing = await openBoard({ watchesRejections: false });
  const node = await placing.create("image-generator");
  await placing.send("png", buildPng({ widthPx: resultSidePx, heightPx: resultSidePx }));
  const picture = { transfer: "png", widthPx: resultSidePx, heightPx: resultSidePx };
  const rungs = [{ kind: "image-fill" as const, picture, link: null }];
  const before = placing.window.slices.length;
  for (let at = 0; at < results; at += 1) {
    const size = { w: resultSidePx, h: resultSidePx };
    const record = resultRecord({ pid: `pid-${at}`, src: node, runId: `run-${at}`, ...size });
    const { kind } = await placing.place({ node, rungs, record });
    if (kind !== "placed") throw new Error(`A result was not placed but ${kind}.`);
  }
  const { longestMs } = heldMs(placing.window, before);
  placing.standIn.dispose();
  return longestMs;
}

/**
 * How long the built plugin holds Figma's thread, in QuickJS: the first read of a large board, a layer
 * that a person moves, the longest slice of all, and the longest while results are placed. Medians of
 * several opened plugins.
 */
export async function benchCanvas() {
  if (!existsSync(board)) {
    return { lines: [`Skipped: there is no ${board.pathname}`], data: null };
  }
  const document = JSON.parse(await readFile(board, "utf8")) as unknown;
  const firstReads: number[] = [];
  const longestSlices: number[] = [];
  const moves: number[] = [];
  let layers = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { standIn, window, panel } = await openPlugin({
      editor: "figjam",
      document,
      seed: round,
      watchesRejections: false,
    });
    const opened = window.slices.length;
    const copy = await readBoard(panel);
    layers = copy.size;
    firstReads.push(heldMs(window, opened).allMs);
    followBoard(panel, copy);
    const shapes = [...copy.values()].filter(({ type }) => type === "SHAPE_WITH_TEXT");
    for (const { id } of shapes.slice(0, movesPerRound)) {
      const before = window.slices.length;
      standIn.user.move(id, 100 + round, 200);
      await standIn.clock.advance(600);
      moves.push(heldMs(window, before).allMs);
    }
    longestSlices.push(heldMs(window, opened).longestMs);
    standIn.dispose();
  }
  const placings: number[] = [];
  for (let round = 0; round < resultRounds; round += 1) placings.push(await longestPlacingMs());
  const data = {
    layersTold: layers,
    firstReadMs: median(firstReads),
    movedLayerMs: median(moves),
    longestSliceMs: median(longestSlices),
    longestPlacingMs: median(placings),
    limitsMs,
  };
  return { lines: linesOf(data), data };
}

/** To a tenth: the clock of the engine tells no more. */
function median(values: readonly number[]): number {
  return Math.round(medianOf(values) * 10) / 10;
}

function linesOf(data: {
  readonly layersTold: number;
  readonly firstReadMs: number;
  readonly movedLayerMs: number;
  readonly longestSliceMs: number;
  readonly longestPlacingMs: number;
}): string[] {
  return [
    `The plugin's main thread on a board of 4,323 layers (${data.layersTold} told), median of ${rounds}:`,
    ...formatTable([
      ["", "ms", "limit"],
      ["first read of the page", data.firstReadMs, limitsMs.firstRead],
      ["a layer is moved", data.movedLayerMs, limitsMs.movedLayer],
      ["longest slice", data.longestSliceMs, limitsMs.longestSlice],
      [`longest slice, ${results} results placed`, data.longestPlacingMs, limitsMs.longestPlacing],
    ]),
  ];
}
