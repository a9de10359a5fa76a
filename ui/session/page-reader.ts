import { signal, type ReadonlySignal } from "@preact/signals-core";
import type { AnswerOf } from "#domain/channel";
import type { LayerFacts, PageFacts } from "#domain/layer";
import { applyLayerNews, type LayerNews } from "./apply-layer-news.ts";
import type { SessionParts } from "./session-parts.ts";

type ReaderParts = Pick<SessionParts, "channel" | "time"> & {
  /** Hears why a page could not be read. */
  readonly warn: (sentence: string) => void;
};

/**
 * Keeps the page that is shown in step with the canvas. It is read in pieces: news that come in
 * between are newer than the pieces before them and older than those after, so both are applied as
 * they come.
 */
export class PageReader {
  readonly #parts: ReaderParts;
  readonly #page = signal<PageFacts | null>(null);
  readonly #stops: readonly (() => void)[];
  #draft: PageFacts | null = null;
  /** Counts reads: what an earlier one still brings is dropped. */
  #turn = 0;
  #waiting: LayerNews[] = [];
  #isPausing = false;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
    this.#stops = [
      parts.channel.hear("layers", (news) => this.#hear(news)),
      parts.channel.hear("page", () => {
        this.#page.value = null;
        this.#waiting = [];
        const sentence = "The page could not be read. Close the plugin and open it again.";
        this.read().catch(() => parts.warn(sentence));
      }),
    ];
  }

  /** Null until the page was read whole. */
  get page(): ReadonlySignal<PageFacts | null> {
    return this.#page;
  }

  /** Reads the shown page from its start. Rejects with a ChannelError. */
  async read(): Promise<void> {
    const turn = (this.#turn += 1);
    this.#draft = null;
    try {
      for (let from: number | null = 0; from !== null;) {
        const piece: AnswerOf<"readPage"> = await this.#parts.channel.ask("readPage", { from });
        if (turn !== this.#turn) return;
        const begun: PageFacts = this.#draft ?? { ...piece.page, layers: [] };
        this.#draft = applyLayerNews(begun, { page: begun.id, changed: piece.layers, removed: [] });
        from = piece.next;
      }
    } catch (error) {
      // A read that another one replaced is told to begin anew, which it has.
      if (turn === this.#turn) throw error;
      return;
    }
    this.#page.value = this.#draft;
    this.#draft = null;
  }

  /** Takes what was written by this panel as told, before the canvas tells it. */
  change(change: (layer: LayerFacts) => LayerFacts): void {
    this.#apply();
    const page = this.#page.peek();
    if (page) this.#page.value = { ...page, layers: page.layers.map(change) };
  }

  stop(): void {
    this.#turn += 1;
    for (const stop of this.#stops) stop();
  }

  #hear(news: LayerNews): void {
    if (this.#draft) {
      this.#draft = applyLayerNews(this.#draft, news);
      return;
    }
    this.#waiting.push(news);
    if (this.#isPausing) return;
    this.#apply();
    const pauseMs = pauseFor(this.#page.peek());
    if (pauseMs === 0) return;
    this.#isPausing = true;
    this.#parts.time.wait(pauseMs, () => {
      this.#isPausing = false;
      this.#apply();
    });
  }

  #apply(): void {
    const news = this.#waiting;
    this.#waiting = [];
    const page = this.#page.peek();
    if (page && news.length > 0) this.#page.value = news.reduce(applyLayerNews, page);
  }
}

/**
 * How long to collect news of a page before it is looked at again: while something is dragged they
 * come many times a second, and reading a board of thousands of layers takes some 100 ms.
 */
function pauseFor(page: PageFacts | null): number {
  const count = page?.layers.length ?? 0;
  return count < 1_000 ? 0 : Math.min(500, count / 20);
}
