import { byId } from "#domain/by-id";
import { signal, type ReadonlySignal } from "@preact/signals-core";
import type { NewsOf } from "#domain/channel";
import { layersByPlacement, redundantLayers, type PlacedLayer } from "#domain/placement";
import { markerOf } from "#domain/result-marker";
import type { BackgroundParts } from "./background.ts";

/** A placement and the layer that holds it, or held it. */
export interface HeldPlacement {
  readonly pid: string;
  readonly layer: string;
}

/** What the canvas says about placements: which layer holds each one, and which were taken away. */
export interface CanvasMarkers {
  readonly placed: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Looks at every layer of the loaded pages. */
  readonly scan: () => Promise<void>;
  /** Notes a layer that holds a placement since just now; `isMade`: this session made it for that. */
  readonly add: (marker: PlacedLayer, isMade: boolean) => void;
  /** Layers that this session made and that hold what a layer with a smaller id holds. */
  readonly redundant: () => string[];
  /** The layer that held a placement until it was taken away; null where that did not happen. */
  readonly goneFrom: (pid: string) => string | null;
  /** What was taken away, and what came back since, and the relay was not told. */
  readonly untold: () => { readonly gone: HeldPlacement[]; readonly returned: HeldPlacement[] };
  /** The relay was told how a placement stands on the canvas. */
  readonly told: (placement: HeldPlacement) => void;
  readonly stop: () => void;
}

/** More than these are forgotten, the oldest first: nobody redoes that much. */
const mostGone = 1_000;

/**
 * Keeps in step with the markers on the canvas, by news of the page that is shown and by scans of all.
 * What is noted while a scan is under way holds: the scan may be older.
 */
export function watchMarkers({ channel }: Pick<BackgroundParts, "channel">): CanvasMarkers {
  const placed = signal<ReadonlyMap<string, string>>(new Map());
  const history = new PlacementHistory();
  let markers = new Map<string, PlacedLayer>();
  let notedInScan = new Map<string, PlacedLayer | null>();
  const made = new Set<string>();
  let scanning: Promise<void> = Promise.resolve();
  const note = (layer: string, marker: PlacedLayer | null) => {
    if (!marker && !markers.has(layer)) return;
    notedInScan.set(layer, marker);
    if (marker) markers.set(layer, marker);
    else markers.delete(layer);
  };
  const settle = () => {
    const next = layersByPlacement(markers.values());
    history.follow(placed.peek(), next);
    if (!isSame(placed.peek(), next)) placed.value = next;
  };
  const hear = ({ changed, removed, created, isLocal }: NewsOf<"layers">) => {
    const isNew = new Set(isLocal ? created : []);
    for (const { id, records } of changed) {
      const marker = markerOf(id, records.res);
      note(id, marker);
      // The answer that told of it may have been given up waiting for.
      if (marker && isNew.has(id)) made.add(id);
    }
    for (const id of removed) note(id, null);
    settle();
  };
  const scanNow = async () => {
    notedInScan = new Map();
    const { results } = await channel.ask("findResults", {});
    const noted = [...notedInScan];
    const found = results.flatMap(({ layer, record }) => markerOf(layer, record) ?? []);
    markers = byId(found);
    for (const [layer, marker] of noted) note(layer, marker);
    for (const layer of made) if (!markers.has(layer)) made.delete(layer);
    settle();
  };
  return {
    placed,
    scan: () => (scanning = scanning.then(scanNow, scanNow)),
    add: (marker, isMade) => {
      note(marker.id, marker);
      if (isMade) made.add(marker.id);
      settle();
    },
    redundant: () => redundantLayers([...markers.values()]).filter((layer) => made.has(layer)),
    goneFrom: (pid) => history.goneFrom(pid),
    untold: () => history.untold(),
    told: (placement) => {
      history.tell(placement);
    },
    stop: channel.hear("layers", hear),
  };
}

/** What was taken away from the canvas and what came back, and which of it the relay knows. */
class PlacementHistory {
  readonly #gone = new Map<string, { readonly layer: string; isTold: boolean }>();
  readonly #returned = new Map<string, string>();

  follow(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): void {
    for (const [pid, layer] of before) {
      if (now.has(pid)) continue;
      this.#gone.set(pid, { layer, isTold: false });
      this.#returned.delete(pid);
    }
    for (const [pid, layer] of now) {
      if (this.#gone.get(pid)?.isTold === true) this.#returned.set(pid, layer);
      this.#gone.delete(pid);
    }
    for (const pid of this.#gone.keys()) {
      if (this.#gone.size <= mostGone) break;
      this.#gone.delete(pid);
    }
  }

  goneFrom(pid: string): string | null {
    return this.#gone.get(pid)?.layer ?? null;
  }

  untold(): { gone: HeldPlacement[]; returned: HeldPlacement[] } {
    const gone = [...this.#gone].filter(([, { isTold }]) => !isTold);
    return {
      gone: gone.map(([pid, { layer }]) => ({ pid, layer })),
      returned: [...this.#returned].map(([pid, layer]) => ({ pid, layer })),
    };
  }

  tell({ pid, layer }: HeldPlacement): void {
    const gone = this.#gone.get(pid);
    if (gone?.layer === layer) gone.isTold = true;
    if (this.#returned.get(pid) === layer) this.#returned.delete(pid);
  }
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}
