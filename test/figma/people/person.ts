import type { FigmaDocument } from "../model/document.ts";
import { contains, isRemoved, pageOf, type Layer } from "../model/layer.ts";
import type { Author } from "../model/operation.ts";

/** What others hear of a person. */
export interface PersonListener {
  readonly selectionChanged?: () => void;
  readonly pageChanged?: () => void;
}

/** Somebody with the file open: where they are, what they have selected, what they may do. */
export class Person {
  readonly id: string;
  readonly name: string;
  readonly sessionId: number;
  readonly color: string;
  readonly document: FigmaDocument;
  canEdit = true;
  /** How large their canvas is, in CSS pixels. */
  screen: { readonly width: number; readonly height: number } = { width: 1280, height: 720 };
  viewport: { center: { x: number; y: number }; zoom: number } = {
    center: { x: 0, y: 0 },
    zoom: 1,
  };
  /** What plugins keep on this person's device: plugin id → key → packed value. */
  readonly clientStorage: Map<string, Map<string, string>> = new Map<string, Map<string, string>>();
  readonly listeners: Set<PersonListener> = new Set<PersonListener>();
  readonly #selections = new Map<Layer, readonly Layer[]>();
  #page: Layer | null = null;

  constructor(document: FigmaDocument, id: string, name: string, sessionId: number) {
    this.document = document;
    this.id = id;
    this.name = name;
    this.sessionId = sessionId;
    this.color = sessionId === 1 ? "#F24E1E" : "#0FA958";
    document.listen(({ kind, layer }) => {
      if (kind === "delete") this.#forget(layer);
    });
  }

  /** Who the document hears is changing it. */
  get author(): Author {
    return { personId: this.id, windowId: null };
  }

  /** The page this person looks at; the first one until they go elsewhere. */
  get page(): Layer {
    const [first] = this.document.pages;
    if (this.#page === null || isRemoved(this.#page)) this.#page = first ?? null;
    if (this.#page === null) throw new Error("The document has no page.");
    return this.#page;
  }

  /** Goes to another page; its selection is a different one, so that changes too. */
  goTo(page: Layer): void {
    if (page === this.page) return;
    this.#page = page;
    for (const listener of this.listeners) listener.pageChanged?.();
    this.#tellSelection();
  }

  /** What is selected on a page, in no promised order (typings, PageNode.selection). */
  selectionOn(page: Layer): readonly Layer[] {
    return this.#selections.get(page) ?? [];
  }

  /** Selects on a page. A layer under another selected one is only selected through it. */
  select(page: Layer, layers: readonly Layer[]): void {
    const distinct = [...new Set(layers)];
    const kept = distinct.filter(
      (layer) => !distinct.some((other) => other !== layer && contains(other, layer)),
    );
    this.#selections.set(page, kept);
    if (page === this.page) this.#tellSelection();
  }

  #forget(removed: Layer): void {
    for (const [page, selection] of this.#selections) {
      const kept = selection.filter((layer) => !contains(removed, layer) && pageOf(layer) === page);
      if (kept.length === selection.length) continue;
      this.#selections.set(page, kept);
      if (page === this.page) this.#tellSelection();
    }
  }

  #tellSelection(): void {
    for (const listener of this.listeners) listener.selectionChanged?.();
  }
}
