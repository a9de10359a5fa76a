import type { AnswerOf, NewsOf } from "#domain/channel";
import { layersPerPiece } from "#domain/messages";
import { applyChanges } from "./apply-changes.ts";
import type { KnownLayers } from "./known-layers.ts";
import { lookForRecords } from "./look-for-records.ts";
import { readRecords } from "./read-records.ts";
import { startPace } from "./pace.ts";
import { PageReading } from "./page-reading.ts";

/** How what happened on the canvas reaches the panel. `guard` does work and tells what goes wrong. */
export interface WatchParts {
  readonly tellLayers: (news: NewsOf<"layers">) => void;
  readonly guard: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Reads the page that a person looks at, and from then on tells what changes there. News that come
 * while a read is handed out piece by piece are newer than the pieces before them and older than
 * those after.
 */
export class PageWatch {
  readonly #parts: WatchParts;
  #reading: PageReading | null = null;
  #page: PageNode;
  /** Batches are worked off one after the other: each builds on what the one before made known. */
  #work: Promise<void> = Promise.resolve();
  #hearsRecords = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.#page = figma.currentPage;
    this.#page.on("nodechange", this.#hear);
  }

  /** Watches the page that is shown now; what was known of the one before is forgotten. */
  followPage(): void {
    if (figma.currentPage.id === this.#page.id) return;
    this.#page.off("nodechange", this.#hear);
    this.#reading = null;
    this.#page = figma.currentPage;
    this.#page.on("nodechange", this.#hear);
  }

  /** Reads the next piece of the page; `from` 0 begins anew. */
  async readPiece(from: number): Promise<AnswerOf<"readPage">> {
    const pace = startPace();
    this.followPage();
    if (from === 0) this.#reading = new PageReading(this.#page);
    const reading = this.#reading;
    if (reading?.next !== from) throw new Error("Read the page from its start again.");
    const layers = await reading.readPiece(pace);
    const { id, name } = reading.page;
    return { page: { id, name }, layers, next: reading.next };
  }

  /** Looks for changed records, as long as Figma was not heard telling of one itself. */
  readonly look = (): void => {
    const reading = this.#reading;
    if (reading?.next !== null || this.#hearsRecords) return;
    const changes = lookForRecords(reading.page, reading.known);
    if (changes.length > 0) this.#queue(() => this.#tell(reading, changes, false));
  };

  readonly #hear = ({ nodeChanges }: NodeChangeEvent): void => {
    const reading = this.#reading;
    if (!reading) return;
    for (const origin of ["LOCAL", "REMOTE"] as const) {
      const changes = nodeChanges.filter((change) => change.origin === origin);
      if (changes.length === 0) continue;
      this.#hearsRecords ||= changes.some((change) => isOfRecords(change, reading.known));
      this.#queue(() => this.#tell(reading, changes, origin === "LOCAL"));
    }
  };

  #queue(work: () => Promise<void>): void {
    this.#work = this.#work.then(() => this.#parts.guard(work));
  }

  async #tell(
    reading: PageReading,
    changes: readonly NodeChange[],
    isLocal: boolean,
  ): Promise<void> {
    const isCurrent = () => this.#reading === reading;
    if (!isCurrent()) return;
    const { changed, removed, created } = await applyChanges(changes, reading.page, reading.known);
    if (!isCurrent()) return;
    const page = reading.page.id;
    const isNew = new Set(created);
    // One message of a whole pasted board would hold the canvas up while it is copied.
    for (let at = 0; at === 0 || at < changed.length; at += layersPerPiece) {
      const piece = changed.slice(at, at + layersPerPiece);
      const news = {
        page,
        changed: piece,
        removed: at === 0 ? [...removed] : [],
        created: piece.map(({ id }) => id).filter((id) => isNew.has(id)),
        isLocal,
      };
      if (piece.length + news.removed.length > 0) this.#parts.tellLayers(news);
    }
  }
}

/** Other plugins have data of their own on layers; told of is what differs from what we know. */
function isOfRecords(change: NodeChange, known: KnownLayers): boolean {
  if (change.type !== "PROPERTY_CHANGE" || !change.properties.includes("pluginData")) return false;
  const records = known.get(change.id)?.facts.records;
  if (!records || change.node.removed) return false;
  return JSON.stringify(records) !== JSON.stringify(readRecords(change.node));
}
