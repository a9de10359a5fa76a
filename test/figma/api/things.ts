import { firstThings } from "../vm/bridge.ts";
import { Layer } from "../model/layer.ts";
import { Handle } from "./values.ts";

/** What a plugin can hold: a layer, or a thing of Figma's that is none. */
export type Thing = Layer | Handle;

/**
 * The numbers by which a plugin's world knows what it holds: the same thing has the same number for
 * the whole run. It says which thing is meant and nothing of what the thing is like.
 */
export class Things {
  readonly #things: Thing[] = firstThings.map((iface) => new Handle(iface, ""));
  readonly #layers = new Map<Layer, number>();
  /** By interface and id. */
  readonly #handles = new Map(firstThings.map((iface, at) => [iface, new Map([["", at]])]));

  /** The thing with that number. */
  get(number: number): Thing {
    const thing = this.#things[number];
    if (thing === undefined) throw new Error(`The plugin holds nothing with number ${number}.`);
    return thing;
  }

  numberOf(thing: Thing): number {
    if (thing instanceof Layer) return this.#find(this.#layers, thing, thing);
    const handles = this.#handles.get(thing.iface) ?? new Map<string, number>();
    this.#handles.set(thing.iface, handles);
    return this.#find(handles, thing.id, thing);
  }

  #find<Key>(numbers: Map<Key, number>, key: Key, thing: Thing): number {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#things.push(thing) - 1;
    numbers.set(key, number);
    return number;
  }
}
