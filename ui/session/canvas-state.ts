import { batch, computed, signal, type ReadonlySignal } from "@preact/signals-core";
import type { Graph } from "#domain/graph";
import type { PageFacts } from "#domain/layer";
import { readOnlySentence } from "#domain/messages";
import { readBoard, type Board } from "#domain/read-board";
import { LayerEdits } from "./layer-edits.ts";
import type { Notices } from "./notices.ts";
import { PageReader } from "./page-reader.ts";
import { readSelection } from "./selection-target.ts";
import type { SessionParts } from "./session-parts.ts";

/** What the canvas shows and what a person wants of it. */
export interface CanvasState {
  readonly reader: PageReader;
  readonly edits: LayerEdits;
  /** The page with everything that is not written yet; null until it was read. */
  readonly page: ReadonlySignal<PageFacts | null>;
  readonly board: ReadonlySignal<Board | null>;
  readonly graph: ReadonlySignal<Graph | null>;
  readonly selection: ReadonlySignal<readonly string[]>;
  /** What was selected when the panel asked; what the canvas told since is newer. */
  readonly startWith: (selection: readonly string[]) => void;
  /** The one node that is selected; null for none and for several. */
  readonly shownNode: ReadonlySignal<string | null>;
  readonly isReadOnly: ReadonlySignal<boolean>;
  readonly markReadOnly: () => void;
  readonly stop: () => void;
}

const nobodySaid = new Map<never, never>();

/** The state of the canvas, empty until the page was read. */
export function createCanvasState(
  { channel, time }: Pick<SessionParts, "channel" | "time">,
  notices: Notices,
): CanvasState {
  const told = signal<readonly string[] | null>(null);
  const first = signal<readonly string[]>([]);
  const selection = computed(() => told.value ?? first.value);
  const isReadOnly = signal(false);
  const refused = (sentence: string) => {
    batch(() => {
      if (sentence === readOnlySentence) isReadOnly.value = true;
      notices.warn("canvas", sentence);
    });
  };
  const reader = new PageReader({ channel, time, warn: refused });
  const change: PageReader["change"] = (alter) => reader.change(alter);
  const edits = new LayerEdits({ channel, time, page: reader.page, change, refused });
  const { page } = edits;
  const board = computed(() => page.value && readBoard(page.value, { uses: nobodySaid }));
  const graph = computed(() => board.value?.graph ?? null);
  const shownNode = computed(() => {
    if (!page.value || !graph.value) return null;
    const { nodes } = readSelection(selection.value, page.value, graph.value);
    return nodes.length === 1 ? (nodes[0] ?? null) : null;
  });
  const select = (layers: readonly string[]) => {
    // What was being set is kept before another node is shown.
    void edits.flush();
    told.value = layers;
  };
  const stops = [
    channel.hear("selection", ({ layers }) => select(layers)),
    channel.hear("trouble", ({ message }) => refused(message)),
    () => reader.stop(),
  ];
  return {
    reader,
    edits,
    page,
    board,
    graph,
    selection,
    startWith: (layers) => void (first.value = layers),
    shownNode,
    isReadOnly,
    markReadOnly: () => void (isReadOnly.value = true),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
