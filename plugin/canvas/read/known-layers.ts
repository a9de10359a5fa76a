import type { LayerFacts } from "#domain/layer";
import { isArtworkHolder } from "./walk-layers.ts";

/** A layer that was read: Figma's object for it, and what it was like. */
export interface KnownLayer {
  readonly node: SceneNode;
  readonly facts: LayerFacts;
  readonly isArtwork: boolean;
}

/** What was read of a page: the panel knows the same, so only what differs from it is told. */
export class KnownLayers {
  readonly #layers = new Map<string, KnownLayer>();
  readonly #children = new Map<string, Set<string>>();

  get(id: string): KnownLayer | undefined {
    return this.#layers.get(id);
  }

  /** All layers, in no promised order. */
  all(): Iterable<KnownLayer> {
    return this.#layers.values();
  }

  /** Remembers what a layer is like now; false when it was just so before. */
  put(layer: KnownLayer): boolean {
    const { id, parent } = layer.facts;
    const before = this.#layers.get(id);
    this.#layers.set(id, layer);
    if (before?.facts.parent !== parent) {
      this.#takeOut(id, before?.facts.parent);
      if (parent !== null) this.#putInto(parent, id);
    }
    return !before || JSON.stringify(before.facts) !== JSON.stringify(layer.facts);
  }

  /** Forgets a layer and all in it; gives back the ids that were known. */
  remove(id: string): string[] {
    const gone = this.idsFrom(id);
    this.#takeOut(id, this.#layers.get(id)?.facts.parent);
    for (const each of gone) {
      this.#layers.delete(each);
      this.#children.delete(each);
    }
    return gone;
  }

  /** A layer's id and those of everything in it, as far as they are known. */
  idsFrom(id: string): string[] {
    const ids: string[] = [];
    const open = [id];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (this.#layers.has(next)) ids.push(next);
      open.push(...this.childrenOf(next));
    }
    return ids;
  }

  /** Whether what lies in a layer is artwork; false for the page. */
  isArtworkInside(id: string): boolean {
    const layer = this.#layers.get(id);
    return layer !== undefined && (layer.isArtwork || isArtworkHolder(layer.facts.type));
  }

  childrenOf(id: string): Set<string> {
    return this.#children.get(id) ?? new Set();
  }

  #putInto(parent: string, id: string): void {
    const children = this.#children.get(parent);
    if (children) children.add(id);
    else this.#children.set(parent, new Set([id]));
  }

  #takeOut(id: string, parent: string | null | undefined): void {
    if (parent) this.#children.get(parent)?.delete(id);
  }
}
