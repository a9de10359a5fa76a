import type { NewsOf } from "#domain/channel";
import type { LayerFacts, PageFacts } from "#domain/layer";

/** What the canvas tells of layers that changed. */
export type LayerNews = Pick<NewsOf<"layers">, "page" | "changed" | "removed">;

/**
 * A page after news of its layers: known ones in their old place, new ones at the end, and parents
 * before children whatever was moved into what. News of another page change nothing.
 */
export function applyLayerNews(page: PageFacts, news: LayerNews): PageFacts {
  if (news.page !== page.id) return page;
  const removed = new Set(news.removed);
  const layers = new Map<string, LayerFacts>();
  for (const layer of page.layers) if (!removed.has(layer.id)) layers.set(layer.id, layer);
  let isMoved = false;
  for (const layer of news.changed) {
    const before = layers.get(layer.id);
    isMoved ||= before !== undefined && before.parent !== layer.parent;
    layers.set(layer.id, layer);
  }
  const next = [...layers.values()];
  return { ...page, layers: isMoved ? parentsFirst(next, layers) : next };
}

/** The same layers, each after what it lies in; layers that hold each other in a circle as they come. */
function parentsFirst(
  layers: readonly LayerFacts[],
  byId: ReadonlyMap<string, LayerFacts>,
): LayerFacts[] {
  const sorted = new Set<LayerFacts>();
  for (const layer of layers) {
    const chain: LayerFacts[] = [];
    const seen = new Set<string>();
    for (let at: LayerFacts | undefined = layer; at && !sorted.has(at) && !seen.has(at.id);) {
      seen.add(at.id);
      chain.push(at);
      at = at.parent === null ? undefined : byId.get(at.parent);
    }
    for (const each of chain.reverse()) sorted.add(each);
  }
  return [...sorted];
}
