import { groupLayers } from "../api/create-members.ts";
import { textOf, writeText } from "../api/text-members.ts";
import { copyLayers } from "../model/copy-layers.ts";
import { defaultsOf } from "../model/defaults.ts";
import type { FigmaDocument } from "../model/document.ts";
import { insertLayer, removeLayer, resizeLayer, setTransform } from "../model/edit.ts";
import {
  absoluteBox,
  absoluteTransform,
  identity,
  invert,
  moveTo,
  multiply,
  unite,
  type Point,
} from "../model/geometry.ts";
import { pageOf, type Layer } from "../model/layer.ts";
import { setCharacters } from "../model/text-content.ts";
import type { Switches } from "../switches.ts";
import type { Person } from "./person.ts";

/** What lies on the clipboard: copies that hang nowhere. */
interface Clipboard {
  layers: readonly Layer[];
}

/**
 * A person at the canvas, in verbs. Each verb is one undo step of that person, and others hear of
 * it as REMOTE. Layers are named by themselves or by id.
 */
export class User {
  readonly person: Person;
  readonly #document: FigmaDocument;
  readonly #switches: Switches;
  readonly #clipboard: Clipboard = { layers: [] };

  constructor(person: Person, switches: Switches) {
    this.person = person;
    this.#document = person.document;
    this.#switches = switches;
  }

  /** Selects on the page they look at; nothing to clear. */
  select(...layers: readonly (Layer | string)[]): void {
    this.person.select(
      this.person.page,
      layers.map((layer) => this.#find(layer)),
    );
  }

  /** Drags a layer to a place in its container. */
  move(layer: Layer | string, x: number, y: number): void {
    const found = this.#find(layer);
    this.#step(() => setTransform(this.#document, found, moveTo(found.values.transform, x, y)));
  }

  /** Drags a corner. */
  resize(layer: Layer | string, width: number, height: number): void {
    this.#step(() => resizeLayer(this.#document, this.#find(layer), width, height, true));
  }

  /** Gives a layer another name in the panel of layers. */
  rename(layer: Layer | string, name: string): void {
    this.#step(() => this.#document.write(this.#find(layer), "name", name));
  }

  /** Hides or shows, locks or unlocks: any plain member a person can set. */
  set(layer: Layer | string, member: string, value: unknown): void {
    this.#step(() => this.#document.write(this.#find(layer), member, value));
  }

  /** Types the text of a layer anew. */
  type(layer: Layer | string, characters: string): void {
    const found = this.#find(layer);
    this.#step(() => {
      writeText(this.#document, found, setCharacters(textOf(found), characters));
    });
  }

  /** Moves a layer under another one, where it lies on the page. */
  putInto(layer: Layer | string, parent: Layer | string): void {
    const [found, holder] = [this.#find(layer), this.#find(parent)];
    this.#step(() => {
      const before = absoluteTransform(found);
      insertLayer(this.#document, found, holder);
      const inverse = holder.type === "PAGE" ? identity : invert(absoluteTransform(holder));
      this.#document.write(found, "transform", multiply(inverse, before));
    });
  }

  /** Ctrl-D: copies beside the originals, plugin data and all; connectors between them join the copies. */
  duplicate(...layers: readonly (Layer | string)[]): Layer[] {
    const originals = layers.map((layer) => this.#find(layer));
    return this.#step(() => this.#duplicate(originals));
  }

  /** Ctrl-D in FigJam: the copies lie to the right of the originals. */
  duplicateBeside(...layers: readonly Layer[]): Layer[] {
    const box = unite(layers.map((layer) => absoluteBox(layer)));
    return this.#step(() => {
      const copies = this.#duplicate(layers);
      for (const copy of copies) {
        const [[, , x], [, , y]] = copy.values.transform;
        const shifted = moveTo(copy.values.transform, x + (box?.width ?? 0) + 24, y);
        setTransform(this.#document, copy, shifted);
      }
      return copies;
    });
  }

  /** Ctrl-C. */
  copy(...layers: readonly (Layer | string)[]): void {
    this.#clipboard.layers = this.#copy(layers.map((layer) => this.#find(layer)));
  }

  /** Ctrl-V on the page they look at; every paste is a new copy. */
  paste(): Layer[] {
    return this.#step(() => {
      const copies = this.#copy(this.#clipboard.layers);
      for (const copy of copies) insertLayer(this.#document, copy, this.person.page);
      return copies;
    });
  }

  /** The delete key. */
  delete(...layers: readonly (Layer | string)[]): void {
    const found = layers.map((layer) => this.#find(layer));
    this.#step(() => {
      for (const layer of found)
        removeLayer(this.#document, layer, this.#switches.connectorAfterDelete);
    });
  }

  /** Ctrl-G. */
  group(...layers: readonly (Layer | string)[]): Layer {
    const found = layers.map((layer) => this.#find(layer));
    return this.#step(() =>
      groupLayers(this.#document, found, found[0]?.parent ?? this.person.page),
    );
  }

  /** Draws a layer of a type, with what differs from its defaults; on the page they look at. */
  draw(
    type: string,
    values: Readonly<Record<string, unknown>> = {},
    at: Point = { x: 0, y: 0 },
  ): Layer {
    const defaults = defaultsOf(type);
    if (defaults === null) throw new Error(`Nobody can draw a ${type} here.`);
    const transform = moveTo(identity, at.x, at.y);
    return this.#step(() => {
      const layer = this.#document.add(this.#document.newId(), type, {
        ...defaults,
        transform,
        ...values,
      });
      this.#document.place(layer, this.person.page);
      return layer;
    });
  }

  /** FigJam's connector from one layer, or point, to another. */
  drawConnector(from: Layer | string | Point, to: Layer | string | Point, label = ""): Layer {
    const end = (place: Layer | string | Point): unknown =>
      typeof place === "object" && "x" in place
        ? { position: place }
        : { endpointNodeId: this.#find(place).id, magnet: "AUTO" };
    const layer = this.draw("CONNECTOR", { connectorStart: end(from), connectorEnd: end(to) });
    if (label !== "") this.type(layer, label);
    return layer;
  }

  /** The arrow tool of Figma Design: an open path with a head at its end. */
  drawArrow(from: Point, to: Point): Layer {
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    const vertices = [
      { x: from.x - x, y: from.y - y, strokeCap: "NONE" },
      { x: to.x - x, y: to.y - y, strokeCap: "ARROW_LINES" },
    ];
    const network = { vertices, segments: [{ start: 0, end: 1 }], regions: [] };
    const size = { width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) };
    return this.draw("VECTOR", { name: "Arrow 1", vectorNetwork: network, ...size }, { x, y });
  }

  /** FigJam's sticky with a text. */
  addSticky(characters: string, at: Point = { x: 0, y: 0 }): Layer {
    const sticky = this.draw("STICKY", {}, at);
    this.type(sticky, characters);
    return sticky;
  }

  /** Goes to another page, by itself or by name. */
  switchPage(page: Layer | string): void {
    const found = this.#document.pages.find(
      (other) => other === page || other.id === page || other.values.name === page,
    );
    if (found === undefined) throw new Error("There is no such page.");
    this.person.goTo(found);
  }

  /** Ctrl-Z: their own last step, whatever others did since; false when nothing is left. */
  undo(): boolean {
    return this.#document.as(this.person.author, () => this.#document.history.undo(this.person.id));
  }

  /** Shift-Ctrl-Z. */
  redo(): boolean {
    return this.#document.as(this.person.author, () => this.#document.history.redo(this.person.id));
  }

  /** From now on they may only look. */
  loseEditRights(): void {
    this.person.canEdit = false;
  }

  #duplicate(originals: readonly Layer[]): Layer[] {
    const copies = this.#copy(originals);
    for (const [index, copy] of copies.entries())
      insertLayer(this.#document, copy, originals[index]?.parent ?? this.person.page);
    return copies;
  }

  #copy(layers: readonly Layer[]): Layer[] {
    return copyLayers(this.#document, layers, {
      carriesPluginData: this.#switches.copiesCarryPluginData,
    });
  }

  #find(layer: Layer | string): Layer {
    const found = typeof layer === "string" ? this.#document.layer(layer) : layer;
    if (found === null || pageOf(found) === null) throw new Error("There is no such layer.");
    return found;
  }

  #step<T>(work: () => T): T {
    if (!this.person.canEdit) throw new Error(`${this.person.name} may only look at this file.`);
    const { history } = this.#document;
    history.commit(this.person.id);
    const result = this.#document.as(this.person.author, work);
    history.commit(this.person.id);
    return result;
  }
}
