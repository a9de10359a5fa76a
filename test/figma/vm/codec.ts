import { Layer } from "../model/layer.ts";
import { Deferred, Handle, mixed, PluginFunction } from "../api/values.ts";
import { interfaceOf } from "../api/interfaces.ts";
import type { Thing } from "../api/things.ts";

type Plain = Readonly<Record<string, unknown>>;

/** A value as it crosses into the plugin's world: JSON with marks, the bytes on the side. */
export interface Packed {
  readonly text: string;
  readonly buffers: readonly Uint8Array[];
  /**
   * Whether something in the JSON stands for something else ("marked"), or it means what it says; "flat"
   * if it is one object or list of simple values.
   */
  readonly kind: "marked" | "plain" | "flat";
}

/** The numbers of a thing of Figma's in a run of a plugin: its own, and its interface's. */
export type Numbering = (thing: Thing) => readonly [number, number];

/**
 * Packs a host value; the marks are those of prelude-codec.ts. Things of Figma's are named by their
 * numbers, or, where there are none, by what holds beyond the run: interface and id.
 */
export function pack(value: unknown, numbering?: Numbering): Packed {
  if (isFlat(value)) return { text: JSON.stringify(value), buffers: [], kind: "flat" };
  const packing = new Packing(numbering);
  const text = JSON.stringify(packing.mark(value));
  return { text, buffers: packing.buffers, kind: packing.hasMarks ? "marked" : "plain" };
}

/** Whether this is one object or list, and all in it crosses as it is. */
function isFlat(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isSimple);
  if (typeof value !== "object" || value === null) return false;
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const key in value) if (key === "$" || !isSimple((value as Plain)[key])) return false;
  return true;
}

function isSimple(value: unknown): boolean {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return true;
  return typeof value === "number" && Number.isFinite(value);
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
    if (isSimple(value)) return value;
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
    return { $: "l", v: list.flatMap((layer) => [...numbering(layer), layer.id]) };
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
