import { insertLayer, setTransform } from "../model/edit.ts";
import {
  absoluteTransform,
  containerOf,
  identity,
  invert,
  moveTo,
  multiply,
  type Point,
} from "../model/geometry.ts";
import type { FigmaDocument } from "../model/document.ts";
import type { Layer, Transform } from "../model/layer.ts";
import type { Person } from "./person.ts";

/** A drag under way: one undo step however far it goes, seen by everybody while it lasts. */
export class Drag {
  readonly #document: FigmaDocument;
  readonly #person: Person;
  readonly #starts: ReadonlyMap<Layer, Transform>;

  constructor(person: Person, layers: readonly Layer[]) {
    if (!person.canEdit) throw new Error(`${person.name} may only look at this file.`);
    this.#document = person.document;
    this.#person = person;
    this.#starts = new Map(layers.map((layer) => [layer, layer.values.transform]));
    this.#document.history.commit(person.id);
  }

  /** Moves all of them this far on the page from where they began. */
  by(delta: Point): void {
    this.#document.as(this.#person.author, () => {
      for (const [layer, start] of this.#starts) {
        const container = containerOf(layer);
        const [[a, c], [b, d]] =
          container === null ? identity : invert(absoluteTransform(container));
        const x = start[0][2] + a * delta.x + c * delta.y;
        const y = start[1][2] + b * delta.x + d * delta.y;
        setTransform(this.#document, layer, moveTo(layer.values.transform, x, y));
      }
    });
  }

  /** Lets go; over a holder they become its layers, where they lie. */
  end(holder: Layer | null): void {
    this.#document.as(this.#person.author, () => {
      for (const layer of this.#starts.keys())
        if (holder !== null && layer.parent !== holder && layer.type !== "CONNECTOR")
          this.#putInto(layer, holder);
    });
    this.#document.history.commit(this.#person.id);
  }

  #putInto(layer: Layer, holder: Layer): void {
    const before = absoluteTransform(layer);
    insertLayer(this.#document, layer, holder);
    const inverse = holder.type === "PAGE" ? identity : invert(absoluteTransform(holder));
    this.#document.write(layer, "transform", multiply(inverse, before));
  }
}
