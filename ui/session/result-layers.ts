import type { LayerFacts, PageFacts } from "#domain/layer";
import type { ResultRecord } from "#domain/placement";
import { readResultRecord } from "#domain/read-records";

/** What names a result for good: its run, its node, its place among the node's results. */
export function resultKey(run: string, node: string, index: number): string {
  return JSON.stringify([run, node, index]);
}

/** The layers of a page that hold a result, by {@link resultKey}. */
export function resultLayers(page: PageFacts): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const layer of page.layers) {
    const record = resultOf(layer);
    if (record) found.set(resultKey(record.runId, record.src, record.idx), layer.id);
  }
  return found;
}

/** The layers of a page that hold results of a node. */
export function layersOfResults(page: PageFacts, node: string): string[] {
  return page.layers.filter((layer) => resultOf(layer)?.src === node).map(({ id }) => id);
}

/** A copy's record names another layer, or no placement any more: it counts as ordinary content. */
function resultOf(layer: LayerFacts): ResultRecord | null {
  if (layer.records.res === undefined) return null;
  const record = readResultRecord(layer).value;
  return record && "pid" in record && record.self === layer.id ? record : null;
}
