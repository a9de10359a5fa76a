import { byId } from "#domain/by-id";
import { computed, signal, type ReadonlySignal } from "@preact/signals-core";
import type { PanelEnd } from "#domain/channel";
import type { LayerFacts, PageFacts } from "#domain/layer";
import type { RecordWrite } from "#domain/repair-copies";
import type { Time } from "../background/background.ts";
import { setRecord } from "./set-record.ts";

/** How long a burst of small changes is collected before it is written as one step for Undo. */
export const burstMs = 600;

/** What edits need to know. `refused`: the canvas kept some of it from being written. */
export interface EditParts {
  readonly channel: PanelEnd;
  readonly time: Time;
  readonly page: ReadonlySignal<PageFacts | null>;
  /** Takes what was written as told, before the canvas tells it. */
  readonly change: (change: (layer: LayerFacts) => LayerFacts) => void;
  readonly refused: (sentence: string) => void;
}

type Writes = ReadonlyMap<string, RecordWrite>;

/**
 * Records as this person wants them: shown at once, written together, skipped where nothing changes.
 * What the canvas refuses is shown as it was.
 */
export class LayerEdits {
  /** The page with everything that is not written yet. */
  readonly page: ReadonlySignal<PageFacts | null>;
  readonly #parts: EditParts;
  readonly #wanted = signal<Writes>(new Map());
  readonly #unsent = new Set<RecordWrite>();
  #callOff: () => void = () => undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(parts: EditParts) {
    this.#parts = parts;
    this.page = computed(() => overlay(parts.page.value, this.#wanted.value));
  }

  /** Wants records; "burst" waits for what follows within {@link burstMs}. */
  write(writes: readonly RecordWrite[], when: "now" | "burst" = "now"): Promise<void> {
    const shown = byId(this.page.peek()?.layers ?? []);
    const wanted = new Map(this.#wanted.peek());
    for (const write of writes) {
      const records = shown.get(write.layer)?.records;
      if (records && (records[write.key] ?? "") === write.value) continue;
      const earlier = wanted.get(keyOf(write));
      if (earlier) this.#unsent.delete(earlier);
      wanted.set(keyOf(write), write);
      this.#unsent.add(write);
    }
    this.#wanted.value = wanted;
    this.#callOff();
    if (when === "now") return this.flush();
    this.#callOff = this.#parts.time.wait(burstMs, () => void this.flush());
    return Promise.resolve();
  }

  /** Writes everything now; done when the canvas has it, or has refused it. */
  flush(): Promise<void> {
    this.#callOff();
    const writes = [...this.#unsent];
    this.#unsent.clear();
    if (writes.length > 0) this.#sending = this.#sending.then(() => this.#send(writes));
    return this.#sending;
  }

  async #send(writes: readonly RecordWrite[]): Promise<void> {
    const refused = new Map<string, string>();
    try {
      const answer = await this.#parts.channel.ask("writeRecords", {
        writes: [...writes],
        isUndoStep: true,
      });
      for (const { layer, message } of answer.refused) refused.set(layer, message);
    } catch (error) {
      const message = error instanceof Error ? error.message : "The canvas did not answer.";
      for (const { layer } of writes) refused.set(layer, message);
    }
    const written = writes.filter(({ layer }) => !refused.has(layer));
    this.#parts.change(applying(written));
    const wanted = new Map(this.#wanted.peek());
    for (const write of writes) {
      if (wanted.get(keyOf(write)) === write) wanted.delete(keyOf(write));
    }
    this.#wanted.value = wanted;
    const [sentence] = refused.values();
    if (sentence !== undefined) this.#parts.refused(sentence);
  }
}

function overlay(page: PageFacts | null, wanted: Writes): PageFacts | null {
  if (page === null || wanted.size === 0) return page;
  return { ...page, layers: page.layers.map(applying([...wanted.values()])) };
}

function applying(writes: readonly RecordWrite[]): (layer: LayerFacts) => LayerFacts {
  const byLayer = new Map<string, RecordWrite[]>();
  for (const write of writes)
    byLayer.set(write.layer, [...(byLayer.get(write.layer) ?? []), write]);
  return (layer) => (byLayer.get(layer.id) ?? []).reduce(setRecord, layer);
}

function keyOf({ layer, key }: RecordWrite): string {
  return `${key} ${layer}`;
}
