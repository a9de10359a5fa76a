import type { Clock } from "../clock.ts";
import { FigmaError, refuse } from "../errors.ts";
import type { Manifest } from "../manifest.ts";
import type { FigmaDocument } from "../model/document.ts";
import { pageOf, type Layer } from "../model/layer.ts";
import type { Author } from "../model/operation.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import type { Switches } from "../switches.ts";
import { EventHub } from "./event-hub.ts";
import { Deferred } from "./values.ts";

/** What the outside gives a running plugin: its panel, its network, its painter, its notices. */
export interface Outside {
  readonly showUi: (html: string, options: Record<string, unknown>) => void;
  readonly closeUi: () => void;
  readonly changeUi: (change: string, details: readonly unknown[]) => void;
  readonly postToUi: (message: unknown, options: Record<string, unknown>) => void;
  readonly hasUi: () => boolean;
  readonly fetch: (url: string, options: Record<string, unknown>) => Promise<unknown>;
  readonly exportLayer: (layer: Layer, settings: Record<string, unknown>) => Promise<unknown>;
  readonly notify: (message: string, options: Record<string, unknown>) => number;
  readonly cancelNotice: (id: number) => void;
  readonly close: (message: string | undefined) => void;
  readonly note: (kind: string, details: unknown) => void;
  readonly people: () => readonly Person[];
}

/** All a session is made of. */
export interface SessionParts {
  readonly windowId: string;
  readonly document: FigmaDocument;
  readonly person: Person;
  readonly manifest: Manifest;
  readonly clock: Clock;
  readonly random: Random;
  readonly switches: Switches;
  readonly outside: Outside;
  readonly command: string;
  readonly parameters: Readonly<Record<string, unknown>> | undefined;
  readonly fileKey: string;
  readonly settle: (
    id: number,
    outcome: { readonly value: unknown } | { readonly error: unknown },
  ) => void;
}

/** One run of a plugin, as Figma sees it: what it loaded, what it listens to, whether it is closed. */
export class Session {
  readonly parts: SessionParts;
  readonly document: FigmaDocument;
  readonly person: Person;
  readonly switches: Switches;
  readonly outside: Outside;
  readonly events: EventHub;
  readonly loadedFonts: Set<string> = new Set<string>();
  readonly state: Map<string, unknown> = new Map<string, unknown>();
  readonly #loadedPages = new Set<Layer>();
  hasLoadedAllPages: boolean;
  isClosed = false;
  isInsideDocumentChange = false;
  #lastDeferred = 0;

  constructor(parts: SessionParts) {
    this.parts = parts;
    this.document = parts.document;
    this.person = parts.person;
    this.switches = parts.switches;
    this.outside = parts.outside;
    this.hasLoadedAllPages = parts.manifest.documentAccess !== "dynamic-page";
    this.events = new EventHub(this);
  }

  /** Who changes the document when the plugin does. */
  get author(): Author {
    const { windowId } = this.parts;
    return {
      personId: this.person.id,
      windowId,
      isInsideDocumentChange: this.isInsideDocumentChange,
    };
  }

  /** Whether the manifest asked for pages one by one. */
  get isDynamic(): boolean {
    return this.parts.manifest.documentAccess === "dynamic-page";
  }

  /** After closePlugin every access to `figma` throws (typings, closePlugin); the words are unknown. */
  assertOpen(operation: string): void {
    if (this.isClosed)
      throw refuse(operation, "Cannot access the Figma API after the plugin was closed");
  }

  /** Refuses a write when the person may only look (simulator.md 6.3, view-only). */
  assertCanEdit(operation: string): void {
    if (!this.person.canEdit)
      throw refuse(operation, "Cannot write to internal and read-only nodes");
  }

  /** Refuses what needs the layer's page loaded, in the words of the typings. */
  assertPageLoaded(layer: Layer, member: string): void {
    const page = pageOf(layer);
    if (page === null || this.isLoaded(page)) return;
    throw new FigmaError(
      `Cannot access ${member} on a page that has not been explicitly loaded. Remember to call await page.loadAsync() or await figma.loadAllPagesAsync() first`,
    );
  }

  /** Whether a page may be looked into. */
  isLoaded(page: Layer): boolean {
    return this.hasLoadedAllPages || this.#loadedPages.has(page) || page === this.person.page;
  }

  /** Makes a page readable for the rest of the run. */
  loadPage(page: Layer): void {
    this.#loadedPages.add(page);
  }

  /** Changes the document on the plugin's behalf. */
  edit<T>(work: () => T): T {
    return this.document.as(this.author, work);
  }

  /** Answers a promise that settles on a later turn with what `work` gives or throws then. */
  later(work: () => unknown): Deferred {
    const deferred = new Deferred(++this.#lastDeferred);
    const { clock, settle } = this.parts;
    const answer = (run: () => unknown): void => {
      try {
        settle(deferred.id, { value: run() });
      } catch (error) {
        settle(deferred.id, { error });
      }
    };
    clock.soon(() => {
      if (this.isClosed) return;
      let result: unknown;
      try {
        result = work();
      } catch (error) {
        settle(deferred.id, { error });
        return;
      }
      if (!(result instanceof Promise)) {
        settle(deferred.id, { value: result });
        return;
      }
      const finished = clock.outside(result).then(
        (value: unknown) => clock.soon(() => answer(() => value)),
        (error: unknown) => clock.soon(() => settle(deferred.id, { error })),
      );
      void clock.outside(finished);
    });
    return deferred;
  }
}
