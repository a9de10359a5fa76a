import type { ConnectorEnd } from "./connector-index.ts";
import type { FigmaDocument } from "./document.ts";
import type { Layer } from "./layer.ts";

/** How a copy is made. */
export interface CopyOptions {
  readonly carriesPluginData: boolean;
  /** Names the copy of a layer; without it every copy gets a new id. */
  readonly idOf?: (original: Layer) => string;
}

/**
 * Copies layers with all below them; the copies hang nowhere yet. Connectors between copied layers
 * join the copies, as duplicating a drawing does. Plugin data travels along unless switched off.
 */
export function copyLayers(
  document: FigmaDocument,
  originals: readonly Layer[],
  options: CopyOptions,
): Layer[] {
  const copies = new Map<string, string>();
  const connectors: Layer[] = [];
  const copy = (original: Layer): Layer => {
    const id = options.idOf?.(original) ?? document.newId();
    const layer = document.add(id, original.type, structuredClone(original.values));
    if (options.carriesPluginData)
      for (const [key, value] of original.data) layer.data.set(key, value);
    copies.set(original.id, id);
    if (layer.type === "CONNECTOR") connectors.push(layer);
    for (const child of original.children ?? []) {
      const below = copy(child);
      below.parent = layer;
      layer.children?.push(below);
    }
    return layer;
  };
  const layers = originals.map(copy);
  for (const connector of connectors)
    for (const member of ["connectorStart", "connectorEnd"]) {
      const end = connector.values[member] as ConnectorEnd;
      const target = end.endpointNodeId === undefined ? undefined : copies.get(end.endpointNodeId);
      if (target !== undefined) connector.values[member] = { ...end, endpointNodeId: target };
    }
  for (const connector of connectors) document.connectors.note(connector);
  return layers;
}
