import { markerOf } from "#domain/result-marker";
import type { FigmaDocument } from "../figma/model/document.ts";
import type { Layer } from "../figma/model/layer.ts";
import type { LeaseRelay } from "./two-windows-relay.ts";

const resultKey = "shared|spaces|res";

/** What a watch is made of; `sessionOf` tells whose plugin a window of the stand-in is. */
export interface WatchParts {
  readonly document: FigmaDocument;
  /** Whose leases count; null where none do. */
  readonly relay: LeaseRelay | null;
  readonly sessionOf: (windowId: string) => string | null;
}

/** Watches every change of a document: no placement twice, and none by a window without its lease. */
export class PlacementWatch {
  /** What must never be and was, at any moment, in a sentence each. */
  readonly troubles: string[] = [];
  /** What a person brought back while it lay in another layer again: theirs to have twice. */
  readonly twins = new Set<string>();
  #isTakenBack = false;
  readonly #parts: WatchParts;
  /** The pid that each layer holds. */
  readonly #held = new Map<string, string>();

  constructor(parts: WatchParts) {
    this.#parts = parts;
    parts.document.listen(({ kind, layer, author }) => {
      this.#look(layer, author.windowId);
      if (kind === "delete") this.#forgetGone();
    });
  }

  /** Does what brings back what was there before. */
  takeBack(redo: () => unknown): void {
    this.#isTakenBack = true;
    redo();
    this.#isTakenBack = false;
  }

  /** The pid that each layer holds now. */
  held(): ReadonlyMap<string, string> {
    return new Map(this.#held);
  }

  /** The layers that hold a placement. */
  layersOf(pid: string): string[] {
    return [...this.#held].filter(([, held]) => held === pid).map(([layer]) => layer);
  }

  #look(layer: Layer, windowId: string | null): void {
    const { id } = layer;
    const pid = this.#pidOf(layer);
    if (pid === (this.#held.get(id) ?? null)) return;
    this.#held.delete(id);
    if (pid === null) return;
    this.#held.set(id, pid);
    if (this.layersOf(pid).length > 1) {
      if (this.#isTakenBack) this.twins.add(pid);
      else if (!this.twins.has(pid)) this.troubles.push(`${pid} is in two layers.`);
    }
    // A person's Undo needs no lease.
    if (windowId !== null && !this.#mayPlace(pid, windowId)) {
      this.troubles.push(`${pid} was placed by a session without its lease.`);
    }
  }

  /** What lay in a layer that is taken away is gone with it, and nobody is told of that. */
  #forgetGone(): void {
    for (const id of this.#held.keys()) {
      if (this.#parts.document.layer(id) === null) this.#held.delete(id);
    }
  }

  #pidOf(layer: Layer): string | null {
    if (this.#parts.document.layer(layer.id) === null) return null;
    const marker = markerOf(layer.id, layer.data.get(resultKey));
    return marker?.record.pid ?? null;
  }

  #mayPlace(pid: string, windowId: string): boolean {
    const { relay, sessionOf } = this.#parts;
    if (!relay) return true;
    const lease = relay.leases.get(pid);
    const isHolder = lease?.session === sessionOf(windowId);
    return lease !== undefined && isHolder && relay.nowMs() < lease.untilMs;
  }
}
