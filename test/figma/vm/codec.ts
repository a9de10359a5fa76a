import { Layer } from "../model/layer.ts";
import { Deferred, Handle, mixed, PluginFunction } from "../api/values.ts";
import { interfaceOf } from "../api/interfaces.ts";
import type { Thing } from "../api/things.ts";

type Plain = Readonly<Record<string, unknown>>;

/** A value as it crosses into the plugin's world: JSON with marks, the bytes on the side. */
export interface Packed {
  readonly text: string;
  readonly buffers: readonly Uint8Array[];
  /** The JSON means what it says: nothing in it stands for something else. */
  readonly isPlain: boolean;
}

/** The numbers of a thing of Figma's in a run of a plugin: its own, and its interface's. */
export type Numbering = (thing: Thing) => readonly [number, number];

/**
 * Packs a host value; the marks are those of prelude-codec.ts. Things of Figma's are named by their
 * numbers, or, where there are none, by what holds beyond the run: interface and id.
 */
export function pack(value: unknown, numbering?: Numbering): Packed {
  const packing = new Packing(numbering);
  const text = JSON.stringify(packing.mark(value));
  return { text, buffers: packing.buffers, isPlain: !packing.hasMarks };
}

class Packing {
  readonly buffers: Uint8Array[] = [];
  hasMarks = false;
  readonly #numbering: Numbering | undefined;

  constructor(numbering: Numbering | undefined) {
    this.#numbering = numbering;
  }

  /** The value itself where nothing in it needs a mark. */
  mark(value: unknown): unknown {
    if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    if (Array.isArray(value)) return this.#list(value);
    const marked = this.#marked(value);
    if (marked === null) return this.#plain(value as Plain);
    this.hasMarks = true;
    return marked;
  }

  #marked(value: unknown): Plain | null {
    if (value === undefined) return { $: "u" };
    if (value === mixed) return { $: "m" };
    if (typeof value === "number") return { $: "x", v: String(value) };
    if (value instanceof Layer || value instanceof Handle) return this.#thing(value);
    if (value instanceof PluginFunction) return { $: "f", d: value.id };
    if (value instanceof Deferred) return { $: "p", d: value.id };
    if (value instanceof Date) return { $: "d", v: value.getTime() };
    if (value instanceof Uint8Array) return { $: "b", x: this.buffers.push(value) - 1 };
    return null;
  }

  #thing(thing: Thing): Plain {
    if (this.#numbering === undefined)
      return { $: "n", d: thing.id, i: thing instanceof Layer ? interfaceOf(thing) : thing.iface };
    const [d, i] = this.#numbering(thing);
    return { $: "n", d, i };
  }

  #list(list: readonly unknown[]): unknown {
    const numbering = this.#numbering;
    if (
      numbering === undefined ||
      list.length === 0 ||
      !list.every((item) => item instanceof Layer)
    )
      return list.map((item) => this.mark(item));
    this.hasMarks = true;
    return { $: "l", v: list.flatMap((layer) => numbering(layer)) };
  }

  #plain(value: Plain): unknown {
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value))
      if (value[key] !== undefined) copy[key] = this.mark(value[key]);
    if (!("$" in copy)) return copy;
    this.hasMarks = true;
    return { $: "o", v: Object.entries(copy) };
  }
}

/** What unpacking needs: how things are found and functions are called. */
export interface Unpacking {
  /** The thing with a number, or with an id and an interface, as it was packed. */
  readonly thing: (name: number | string, iface: string) => unknown;
  readonly invoke: (functionId: number, args: readonly unknown[]) => unknown;
}

/** Unpacks what came out of the plugin's world. */
export function unpack(text: string, buffers: readonly Uint8Array[], world: Unpacking): unknown {
  const value: unknown = JSON.parse(text);
  return text.includes('"$"') ? unmark(value, buffers, world) : value;
}

function unmark(value: unknown, buffers: readonly Uint8Array[], world: Unpacking): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => unmark(item, buffers, world));
  const plain = value as Plain;
  switch (plain["$"]) {
    case "u":
      return undefined;
    case "m":
      return mixed;
    case "x":
      return Number(plain["v"]);
    case "b":
      return buffers[plain["x"] as number];
    case "d":
      return new Date(plain["v"] as number);
    case "q":
      return Symbol.for("unserializable");
    case "f":
      return new PluginFunction(plain["d"] as number, world.invoke);
    case "n":
      return world.thing(plain["d"] as number | string, plain["i"] as string);
    case "o":
      return Object.fromEntries(
        (plain["v"] as [string, unknown][]).map(([key, item]) => [
          key,
          unmark(item, buffers, world),
        ]),
      );
    default:
      return Object.fromEntries(
        Object.entries(plain).map(([key, item]) => [key, unmark(item, buffers, world)]),
      );
  }
}
