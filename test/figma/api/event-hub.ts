import { FigmaError } from "../errors.ts";
import type { Change } from "../model/document.ts";
import { contains, isRemoved, type Layer } from "../model/layer.ts";
import { memberTable } from "../typings/member-table.ts";
import type { Clock } from "../clock.ts";
import type { FigmaDocument } from "../model/document.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import type { Switches } from "../switches.ts";
import type { PluginFunction } from "./values.ts";

/** The plugin run whose handlers these are. */
interface EventOwner {
  readonly document: FigmaDocument;
  readonly person: Person;
  readonly switches: Switches;
  readonly parts: { readonly windowId: string; readonly clock: Clock; readonly random: Random };
  readonly isClosed: boolean;
  readonly hasLoadedAllPages: boolean;
  isInsideDocumentChange: boolean;
}

interface Handler {
  readonly callback: PluginFunction;
  readonly isOnce: boolean;
}

/** The longest a batch of changes is held back; Figma's own period is unknown (simulator.md 6.4). */
const longestBatchMs = 500;

/** The handlers of one plugin run, and the changes waiting to be told to them. */
export class EventHub {
  readonly #session: EventOwner;
  readonly #handlers = new Map<string, Handler[]>();
  #batch: Change[] = [];
  #isBatchDue = false;
  readonly #announced = new Set<string>();
  readonly #stop: (() => void)[] = [];

  constructor(session: EventOwner) {
    this.#session = session;
    const listener = {
      selectionChanged: () => this.#announce("selectionchange"),
      pageChanged: () => this.#announce("currentpagechange"),
    };
    session.person.listeners.add(listener);
    this.#stop.push(() => session.person.listeners.delete(listener));
    this.#stop.push(session.document.listen((change) => this.#collect(change)));
  }

  /** Adds a handler; `owner` is "" for figma's own events, a page's id for its nodechange. */
  on(event: string, callback: PluginFunction, isOnce: boolean, owner = ""): void {
    const { hasLoadedAllPages } = this.#session;
    if (event === "documentchange" && !hasLoadedAllPages)
      throw new FigmaError(
        "in on: Cannot register documentchange handler in incremental mode without calling figma.loadAllPagesAsync first.",
      );
    const key = keyOf(event, owner);
    this.#handlers.set(key, [...(this.#handlers.get(key) ?? []), { callback, isOnce }]);
  }

  /** Takes a handler away; it must be the very function that was added. */
  off(event: string, callback: PluginFunction, owner = ""): void {
    const key = keyOf(event, owner);
    const kept = (this.#handlers.get(key) ?? []).filter(
      (handler) => handler.callback.id !== callback.id,
    );
    this.#handlers.set(key, kept);
  }

  /** Whether anybody listens to it. */
  has(event: string, owner = ""): boolean {
    return (this.#handlers.get(keyOf(event, owner)) ?? []).length > 0;
  }

  /** Whether anything could still wake the plugin. */
  get hasHandlers(): boolean {
    return [...this.#handlers.values()].some((handlers) => handlers.length > 0);
  }

  /** Calls the handlers now; what each gave back. */
  fire(event: string, args: readonly unknown[], owner = ""): unknown[] {
    const key = keyOf(event, owner);
    const handlers = this.#handlers.get(key) ?? [];
    this.#handlers.set(
      key,
      handlers.filter((handler) => !handler.isOnce),
    );
    return handlers.map((handler) => handler.callback.call(...args));
  }

  /** Forgets everything; nothing fires any more. */
  close(): void {
    this.#handlers.clear();
    for (const stop of this.#stop) stop();
  }

  /** Several changes in one turn give one event, later; handlers added meanwhile hear it too. */
  #announce(event: string): void {
    if (this.#announced.has(event)) return;
    this.#announced.add(event);
    this.#session.parts.clock.soon(() => {
      this.#announced.delete(event);
      if (!this.#session.isClosed) this.fire(event, []);
    });
  }

  #collect(change: Change): void {
    this.#batch.push(change);
    if (this.#isBatchDue) return;
    this.#isBatchDue = true;
    const { clock, random } = this.#session.parts;
    clock.after(random() * longestBatchMs, () => this.#deliver());
  }

  #deliver(): void {
    const batch = this.#batch;
    this.#batch = [];
    this.#isBatchDue = false;
    if (this.#session.isClosed) return;
    const { windowId } = this.#session.parts;
    for (const page of this.#session.document.pages) {
      if (!this.has("nodechange", page.id)) continue;
      const nodeChanges = this.#describe(batch.filter((change) => change.page === page));
      if (nodeChanges.length > 0) this.fire("nodechange", [{ nodeChanges }], page.id);
    }
    const heard = batch.filter(
      ({ author }) => !(author.windowId === windowId && author.isInsideDocumentChange === true),
    );
    const documentChanges = this.#describe(heard);
    if (documentChanges.length === 0 || !this.has("documentchange")) return;
    this.#session.isInsideDocumentChange = true;
    try {
      this.fire("documentchange", [{ documentChanges }]);
    } finally {
      this.#session.isInsideDocumentChange = false;
    }
  }

  /** Merges a batch: topmost created and deleted layers, and property names by layer and origin. */
  #describe(batch: readonly Change[]): unknown[] {
    const described = new Map<
      string,
      { kind: Change["kind"]; layer: Layer; origin: string; properties: Set<string> }
    >();
    const created = batch.filter(({ kind }) => kind === "create").map(({ layer }) => layer);
    for (const { kind, layer, property, author } of batch) {
      const isNested = created.some((other) => other !== layer && contains(other, layer));
      if (layer.type === "TABLE_CELL" || (isNested && kind === "create")) continue;
      const origin = author.personId === this.#session.person.id ? "LOCAL" : "REMOTE";
      const names = kind === "property" ? this.#publicNames(property) : [];
      if (kind === "property" && names.length === 0) continue;
      const key = `${kind}|${layer.id}|${origin}`;
      const entry = described.get(key) ?? { kind, layer, origin, properties: new Set() };
      for (const name of names) entry.properties.add(name);
      described.set(key, entry);
    }
    return [...described.values()].map(({ kind, layer, origin, properties }) => ({
      type: kind === "property" ? "PROPERTY_CHANGE" : kind.toUpperCase(),
      id: layer.id,
      origin,
      node: isRemoved(layer) ? { removed: true, type: layer.type, id: layer.id } : layer,
      ...(kind === "property" ? { properties: [...properties] } : {}),
    }));
  }

  #publicNames(property: string): string[] {
    const { sharedDataChanges } = this.#session.switches;
    if (property === "pluginData:shared")
      return sharedDataChanges === "reported" ? ["pluginData"] : [];
    const names =
      property === "textText" ? ["characters", "styledTextSegments", "text"] : [property];
    return names.filter((name) => memberTable.changeProperties.includes(name));
  }
}

function keyOf(event: string, owner: string): string {
  return `${owner}|${event}`;
}
