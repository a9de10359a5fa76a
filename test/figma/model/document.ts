import { ConnectorIndex } from "./connector-index.ts";
import { History } from "./history.ts";
import type { Author, Operation } from "./operation.ts";
import { isRemoved, Layer, pageOf, type LayerValues } from "./layer.ts";
import { identity } from "./geometry.ts";
import { ImageStore } from "./image-store.ts";

/** A change as listeners hear of it: one for each operation, in order. */
export interface Change {
  readonly kind: "create" | "delete" | "property";
  readonly layer: Layer;
  readonly property: string;
  readonly author: Author;
  /** The page the layer is on, or was on before it was deleted; null for the document itself. */
  readonly page: Layer | null;
}

/** Members whose change moves connectors. */
const geometry: ReadonlySet<string> = new Set([
  "transform",
  "width",
  "height",
  "connectorStart",
  "connectorEnd",
]);

/** Which editor the file belongs to. */
export type Editor = "figma" | "figjam";

/**
 * One file, as all its people see it. Every change goes through `write`, `writeData`, `place`, on
 * behalf of the author of the surrounding `as`, so that undo and events miss nothing.
 */
export class FigmaDocument {
  readonly editor: Editor;
  readonly root: Layer;
  readonly layers: Map<string, Layer> = new Map<string, Layer>();
  readonly images: ImageStore = new ImageStore();
  readonly history: History;
  readonly connectors: ConnectorIndex = new ConnectorIndex();
  /** Called once after each outermost `as` with the layers whose place or size changed. */
  afterEdit: (touched: ReadonlySet<Layer>) => void = () => undefined;
  #author: Author | null = null;
  #listeners: ((change: Change) => void)[] = [];
  #touched = new Set<Layer>();
  #lastId = 1;

  constructor(editor: Editor, name = "Untitled") {
    this.editor = editor;
    this.history = new History((operation) => this.#apply(operation));
    this.root = this.add("0:0", "DOCUMENT", { name });
  }

  /** The pages, in the order of the panel. */
  get pages(): Layer[] {
    return [...(this.root.children ?? [])];
  }

  /** A layer by id; null when there is none or it is no longer in the document. */
  layer(id: string): Layer | null {
    const layer = this.layers.get(id);
    return layer === undefined || isRemoved(layer) ? null : layer;
  }

  /** Listens to every change until the answer is called. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  /** An id nobody has had. */
  newId(): string {
    for (;;) {
      const id = `1:${++this.#lastId}`;
      if (!this.layers.has(id)) return id;
    }
  }

  /** Makes a layer that hangs nowhere yet. */
  add(id: string, type: string, values: Partial<LayerValues> & { name: string }): Layer {
    const layer = new Layer(id, type, {
      visible: true,
      locked: false,
      transform: identity,
      width: 0,
      height: 0,
      ...values,
    });
    this.layers.set(id, layer);
    this.connectors.note(layer);
    return layer;
  }

  /** Does `work` on behalf of `author`; its operations become part of that person's open undo step. */
  as<T>(author: Author, work: () => T): T {
    const outer = this.#author;
    this.#author = author;
    try {
      return work();
    } finally {
      this.#author = outer;
      if (outer === null && this.#touched.size > 0) {
        const touched = this.#touched;
        this.#touched = new Set();
        this.afterEdit(touched);
      }
    }
  }

  /** Sets what a layer shows of `member`, recorded even when nothing differs (gotcha 34). */
  write(layer: Layer, member: string, value: unknown): void {
    this.#record({ kind: "value", layer, member, before: layer.values[member], after: value });
  }

  /** Sets a derived value (a connector's box): no undo, no event, nobody's change. */
  derive(layer: Layer, values: Partial<LayerValues>): void {
    Object.assign(layer.values, values);
  }

  /** Sets or, with the empty string, deletes one entry of plugin data. */
  writeData(layer: Layer, key: string, value: string): void {
    this.#record({
      kind: "data",
      layer,
      key,
      before: layer.data.get(key) ?? "",
      after: value,
    });
  }

  /** Hangs a layer under `parent` at `index`, or takes it out of the document with null. */
  place(layer: Layer, parent: Layer | null, index = parent?.children?.length ?? 0): void {
    const before =
      layer.parent === null
        ? null
        : { parent: layer.parent, index: (layer.parent.children ?? []).indexOf(layer) };
    this.#record({
      kind: "place",
      layer,
      before,
      after: parent === null ? null : { parent, index },
    });
  }

  #record(operation: Operation): void {
    if (this.#author === null) throw new Error("A change needs an author.");
    this.history.record(this.#author.personId, operation);
    this.#apply(operation);
  }

  #apply(operation: Operation): void {
    const { layer } = operation;
    const pageBefore = pageOf(layer);
    const wasRemoved = isRemoved(layer);
    const properties = this.#change(operation);
    if (
      operation.kind === "place" ||
      (operation.kind === "value" && geometry.has(operation.member))
    )
      this.#touched.add(layer);
    this.connectors.note(layer);
    const author = this.#author ?? { personId: "nobody", windowId: null };
    const kind = !wasRemoved && isRemoved(layer) ? "delete" : wasRemoved ? "create" : "property";
    if (kind === "create" && isRemoved(layer)) return;
    const page = pageBefore ?? pageOf(layer);
    for (const property of kind === "property" ? properties : [""])
      for (const listener of this.#listeners) listener({ kind, layer, property, author, page });
  }

  #change(operation: Operation): readonly string[] {
    const { layer } = operation;
    if (operation.kind === "value") {
      layer.values[operation.member] = operation.after;
      return operation.member === "transform"
        ? ["x", "y", "relativeTransform"]
        : [operation.member];
    }
    if (operation.kind === "data") {
      if (operation.after === "") layer.data.delete(operation.key);
      else layer.data.set(operation.key, operation.after);
      const [scope] = operation.key.split("|");
      return scope === "shared" ? ["pluginData:shared"] : ["pluginData"];
    }
    const siblings = layer.parent?.children;
    if (siblings) siblings.splice(siblings.indexOf(layer), 1);
    layer.parent = operation.after?.parent ?? null;
    layer.parent?.children?.splice(operation.after?.index ?? 0, 0, layer);
    return ["parent"];
  }
}
