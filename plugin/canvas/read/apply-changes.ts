import type { LayerFacts } from "#domain/layer";
import { planChanges } from "./change-plan.ts";
import { foundLayer, typedLayer, type FoundLayer } from "./found-layer.ts";
import type { KnownLayer, KnownLayers } from "./known-layers.ts";
import { startPace } from "./pace.ts";
import { readBox } from "./read-box.ts";
import { tryReadFacts } from "./read-facts.ts";
import { holderOf } from "./told-layer.ts";
import { walkLayers } from "./walk-layers.ts";

/** What became different of what was known of a page. `created` are among `changed`. */
export interface AppliedChanges {
  readonly changed: readonly LayerFacts[];
  readonly removed: readonly string[];
  readonly created: readonly string[];
}

/**
 * Reads again what a batch of changes asks for, in slices, and tells what is different now. What a
 * layer was like meanwhile is not told: the last read counts.
 */
export async function applyChanges(
  changes: readonly NodeChange[],
  page: PageNode,
  known: KnownLayers,
): Promise<AppliedChanges> {
  const plan = planChanges(changes, page, known);
  const pace = startPace();
  const seen = { changed: new Set<string>(), gone: new Set<string>(), created: new Set<string>() };
  const fresh = new Set<string>();
  const read = (found: FoundLayer) => {
    fresh.add(found.id);
    const facts = tryReadFacts(found);
    keep(known, seen, found.id, facts && { ...found, facts });
  };
  for (const id of plan.gone) keep(known, seen, id, null);
  for (const [id, node] of plan.whole) {
    const before = known.idsFrom(id);
    for (const found of findFrom(node, known)) {
      if (plan.created.has(id) && !known.get(found.id)) seen.created.add(found.id);
      read(found);
      if (pace.isOver()) await pace.rest();
    }
    for (const each of before) if (!fresh.has(each)) keep(known, seen, each, null);
  }
  for (const [id, node] of plan.alone) {
    const [found] = fresh.has(id) ? [] : findFrom(node, known);
    if (found) read(found);
    if (pace.isOver()) await pace.rest();
  }
  const moved = new Set([...plan.moved].flatMap((id) => known.idsFrom(id)));
  for (const id of moved) {
    const layer = fresh.has(id) ? undefined : known.get(id);
    if (!layer) continue;
    fresh.add(id);
    keep(known, seen, id, readPlace(layer));
    if (pace.isOver()) await pace.rest();
  }
  const isKnown = (id: string) => known.get(id) !== undefined;
  return {
    changed: [...seen.changed].flatMap((id) => known.get(id)?.facts ?? []),
    removed: [...seen.gone].filter((id) => !isKnown(id)),
    created: [...seen.created].filter(isKnown),
  };
}

type Seen = Readonly<Record<"changed" | "gone" | "created", Set<string>>>;

function keep(known: KnownLayers, seen: Seen, id: string, layer: KnownLayer | null): void {
  if (!layer) for (const gone of known.remove(id)) seen.gone.add(gone);
  else if (known.put(layer)) seen.changed.add(id);
}

const allMayRemember = { mayRemember: () => true, mayRememberInInstances: true };

/** A layer and all in it, with what is known of where it hangs; none when it was taken away by now. */
function* findFrom(node: SceneNode, known: KnownLayers): Generator<FoundLayer> {
  const holder = holderOf(node);
  if (!holder) return;
  const isArtwork = known.isArtworkInside(holder.id);
  yield* walkLayers([node], { parent: holder.id, isArtwork }, allMayRemember);
}

/** What may be different of a layer that was moved by what it lies in. */
function readPlace(layer: KnownLayer): KnownLayer | null {
  const { node, facts } = layer;
  const { id, parent, connector, path } = facts;
  if (connector || path) {
    const { isArtwork } = layer;
    const place = { id, parent: parent ?? "", isArtwork, inside: [] };
    const read = tryReadFacts(foundLayer(typedLayer(node), place));
    return read && { ...layer, facts: read };
  }
  try {
    const box = readBox(node);
    const isSame = JSON.stringify(box) === JSON.stringify(facts.box);
    return isSame ? layer : { ...layer, facts: { ...facts, box } };
  } catch {
    return null;
  }
}
