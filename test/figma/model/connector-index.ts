import type { Layer } from "./layer.ts";

/** An end of a connector as the model keeps it; a free end's `position` is in page coordinates. */
export interface ConnectorEnd {
  readonly endpointNodeId?: string;
  readonly magnet?: string;
  readonly position?: { readonly x: number; readonly y: number };
  /** The page or section a free end of a loaded file named; never shown to a plugin. */
  readonly holderId?: string;
}

/** Which connectors name a layer as an end, kept while they change. */
export class ConnectorIndex {
  readonly #connectors = new Map<string, Set<Layer>>();
  readonly #ends = new Map<Layer, readonly string[]>();

  /** Takes notice of a layer's present ends; no effect for what is no connector. */
  note(layer: Layer): void {
    if (layer.type !== "CONNECTOR") return;
    for (const id of this.#ends.get(layer) ?? []) this.#connectors.get(id)?.delete(layer);
    const ids = [layer.values["connectorStart"], layer.values["connectorEnd"]]
      .map((end) => (end as ConnectorEnd | undefined)?.endpointNodeId)
      .filter((id) => id !== undefined);
    this.#ends.set(layer, ids);
    for (const id of ids) {
      const known = this.#connectors.get(id) ?? new Set();
      this.#connectors.set(id, known.add(layer));
    }
  }

  /** The connectors with an end at that layer, removed ones among them. */
  of(id: string): Layer[] {
    return [...(this.#connectors.get(id) ?? [])];
  }
}
