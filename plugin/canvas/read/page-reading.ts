import type { LayerFacts } from "#domain/layer";
import { layersPerPiece } from "#domain/messages";
import type { FoundLayer } from "./found-layer.ts";
import { KnownLayers } from "./known-layers.ts";
import type { Pace } from "./pace.ts";
import { tryReadFacts } from "./read-facts.ts";
import { findRemembering } from "./read-records.ts";
import { walkLayers } from "./walk-layers.ts";

/** One read of a page, handed out in pieces. What it reads is known from then on. */
export class PageReading {
  readonly page: PageNode;
  readonly known: KnownLayers = new KnownLayers();
  readonly #walk: Generator<FoundLayer>;
  readonly #remembering: ReadonlySet<string>;
  #next: number | null = 0;

  constructor(page: PageNode) {
    this.page = page;
    this.#remembering = findRemembering(page);
    const ground = { parent: page.id, isArtwork: false };
    this.#walk = walkLayers(page.children, ground, {
      mayRemember: (id) => this.#mayRemember(id),
      mayRememberInInstances: [...this.#remembering].some((id) => id.includes(";")),
    });
  }

  /** The place of the next piece; null when all was handed out. */
  get next(): number | null {
    return this.#next;
  }

  /** Reads the next piece, in slices of a pace that began before whatever else is done in the first. */
  async readPiece(pace: Pace): Promise<LayerFacts[]> {
    const piece: LayerFacts[] = [];
    while (piece.length < layersPerPiece) {
      if (pace.isOver()) await pace.rest();
      const found = this.#walk.next();
      if (found.done === true) {
        this.#next = null;
        return piece;
      }
      const facts = this.#read(found.value);
      if (facts) piece.push(facts);
    }
    this.#next = (this.#next ?? 0) + piece.length;
    return piece;
  }

  #read(found: FoundLayer): LayerFacts | null {
    const facts = tryReadFacts(found, this.#mayRemember(found.id));
    if (facts) this.known.put({ node: found.node, facts, isArtwork: found.isArtwork });
    return facts;
  }

  /** What was told as news meanwhile may remember what the search did not see yet. */
  #mayRemember(id: string): boolean {
    return this.#remembering.has(id) || this.known.get(id) !== undefined;
  }
}
