import { createPanelEnd, type AskOf, type AnswerOf, type PanelEnd } from "#domain/channel";
import { createPluginEnd, type PluginEnd, type PluginHandlers } from "#domain/plugin-end";
import type { LayerFacts } from "#domain/layer";
import type { PluginRequest } from "#domain/asks";
import { markerOf } from "#domain/result-marker";
import type { Time } from "../../../ui/background/background.ts";
import { layer as makeLayer } from "../../helpers/build-board.ts";

/** A change of the document, as it travels to the others who have it open. */
type Change =
  | { readonly kind: "add"; readonly layer: string; readonly record: string }
  | { readonly kind: "remove"; readonly layer: string };

/** How a canvas is set up; `travel` is waited for wherever the true one may take its time. */
export interface CanvasParts {
  readonly name: string;
  readonly time: Time;
  readonly travel: (what: string) => Promise<void>;
}

/** The document that several people have open: nodes, results, and the root's record. */
export class DocumentModel {
  readonly nodes = new Set<string>();
  readonly canvases: CanvasModel[] = [];
  /** As Figma's servers have it: whoever opens the document sees this. */
  readonly layers = new Map<string, string>();
  root = JSON.stringify({ v: 1, docId: "file", gen: 0 });

  writeRoot(value: string, by: CanvasModel): void {
    this.root = value;
    for (const canvas of this.canvases) if (canvas !== by) canvas.hearRoot(value);
  }
}

/**
 * One person's canvas: what it shows of the document, and the main thread's part of placing. Changes
 * reach the other canvases after `spread` let them go, in their order.
 */
export class CanvasModel {
  readonly layers = new Map<string, string>();
  readonly panel: PanelEnd;
  readonly asked: { readonly name: PluginRequest; readonly ask: unknown }[] = [];
  /** The layers that were made here, by their pid, in order. */
  readonly made: { readonly pid: string; readonly layer: string; readonly node: string }[] = [];
  /** What was asked to be placed: `pid session`. */
  readonly placed: string[] = [];
  readonly transfers = new Map<string, number>();
  isReadOnly = false;
  isDead = false;
  /** What `place` answers instead of trying, while it is set. */
  failure: string | null = null;
  readonly #document: DocumentModel;
  readonly #parts: CanvasParts;
  readonly #plugin: PluginEnd;
  readonly #spread: (from: CanvasModel, change: Change) => void;

  constructor(
    document: DocumentModel,
    parts: CanvasParts,
    spread: (from: CanvasModel, change: Change) => void,
  ) {
    this.#document = document;
    this.#parts = parts;
    this.#spread = spread;
    document.canvases.push(this);
    for (const [layer, record] of document.layers) this.layers.set(layer, record);
    this.panel = createPanelEnd({
      post: (message) => void this.#plugin.receive(message),
      wait: parts.time.wait,
    });
    const post = (message: unknown) => {
      if (!this.isDead) this.panel.receive(message);
    };
    this.#plugin = createPluginEnd(post, this.#handlers(), String);
  }

  /** Takes a layer away, as a person does by Undo or Delete. */
  remove(layer: string): void {
    if (!this.layers.has(layer)) return;
    this.#change({ kind: "remove", layer }, true);
  }

  /** Brings a layer back, as Redo does. */
  restore(layer: string, record: string): void {
    this.#change({ kind: "add", layer, record }, true);
  }

  /** A change of somebody else arrives. */
  take(change: Change): void {
    this.#apply(change, this.layers);
    this.#tell(change, false);
  }

  hearRoot(record: string): void {
    this.#plugin.tell("document", { record });
  }

  #change(change: Change, isLocal: boolean): void {
    this.#apply(change, this.#document.layers);
    this.#apply(change, this.layers);
    this.#tell(change, isLocal);
    this.#spread(this, change);
  }

  #apply(change: Change, layers: Map<string, string>): void {
    if (change.kind === "add") layers.set(change.layer, change.record);
    else layers.delete(change.layer);
  }

  #tell(change: Change, isLocal: boolean): void {
    if (this.isDead) return;
    const { layer } = change;
    const changed: LayerFacts[] =
      change.kind === "add"
        ? [makeLayer(layer, "RECTANGLE", { records: { res: change.record } })]
        : [];
    const removed = change.kind === "remove" ? [layer] : [];
    const created = changed.map(({ id }) => id);
    this.#plugin.tell("layers", {
      page: "page",
      changed: changed,
      removed,
      created,
      isLocal,
    });
  }

  #handlers(): PluginHandlers {
    const known: Partial<PluginHandlers> = {
      findResults: () => ({
        results: [...this.layers].map(([layer, record]) => ({ layer, page: "page", record })),
      }),
      writeDocumentRecord: ({ value }) => {
        if (!this.isReadOnly) this.#document.writeRoot(value, this);
        return { isWritten: !this.isReadOnly };
      },
      sendSlice: ({ transfer, from, size, bytes }) => {
        if ((this.transfers.get(transfer) ?? 0) !== from) throw new Error("slices out of order");
        if (from + bytes.length > size) throw new Error("more bytes than were told");
        this.transfers.set(transfer, from + bytes.length);
        return {};
      },
      dropTransfer: ({ transfer }) => {
        this.transfers.delete(transfer);
        return {};
      },
      drawLinks: ({ links }) => ({ layers: links.map(({ layer }) => layer), refused: [] }),
      place: (content) => this.#place(content),
      removeLayers: ({ layers }) => {
        for (const layer of layers) this.remove(layer);
        return { refused: [] };
      },
    };
    return new Proxy({} as PluginHandlers, {
      get: (_, name) => async (ask: unknown) => {
        const request = name as PluginRequest;
        if (this.isDead) return new Promise(() => undefined);
        this.asked.push({ name: request, ask });
        await this.#parts.travel(`${this.#parts.name} ${request} there`);
        const answer = await (known[request] as ((ask: unknown) => unknown) | undefined)?.(ask);
        await this.#parts.travel(`${this.#parts.name} ${request} back`);
        return answer ?? { refused: [] };
      },
    });
  }

  /** As the main thread does it: what takes time first, then look and commit without a pause. */
  async #place({ node, record, leaseEndsAtMs }: AskOf<"place">): Promise<AnswerOf<"place">> {
    this.placed.push(`${record.pid} session-${this.#parts.name}`);
    await this.#parts.travel(`${this.#parts.name} prepares`);
    if (this.isDead) return new Promise(() => undefined);
    if (this.failure !== null) return { kind: "failed", message: this.failure };
    if (this.isReadOnly) return { kind: "read-only", message: "You may not edit." };
    for (const [layer, stored] of this.layers) {
      if (markerOf(layer, stored)?.record.pid === record.pid) return { kind: "found", layer };
    }
    if (!this.#document.nodes.has(node)) return { kind: "orphaned" };
    if (this.#parts.time.nowMs() >= leaseEndsAtMs) return { kind: "late" };
    const layer = `${this.#parts.name}:${this.made.length}`;
    this.made.push({ pid: record.pid, layer, node });
    this.#change({ kind: "add", layer, record: JSON.stringify({ ...record, self: layer }) }, true);
    return { kind: "placed", layer, rung: "image-fill", notes: [] };
  }
}
