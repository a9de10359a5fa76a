import { Layer } from "../model/layer.ts";
import { Deferred, Handle, mixed, PluginFunction } from "../api/values.ts";
import { interfaceOf } from "../api/interfaces.ts";

type Plain = Record<string, unknown>;

/** A value as it crosses into the plugin's world: JSON with marks, the bytes on the side. */
export interface Packed {
  readonly text: string;
  readonly buffers: readonly Uint8Array[];
}

/** Packs a host value; the marks are those of prelude.ts. */
export function pack(value: unknown): Packed {
  const buffers: Uint8Array[] = [];
  return { text: JSON.stringify(mark(value, buffers)), buffers };
}

function mark(value: unknown, buffers: Uint8Array[]): unknown {
  if (value === undefined) return { $: "u" };
  if (value === mixed) return { $: "m" };
  if (typeof value === "number" && !Number.isFinite(value)) return { $: "x", v: String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Layer) return { $: "n", i: interfaceOf(value), d: value.id };
  if (value instanceof Handle) return { $: "n", i: value.iface, d: value.id };
  if (value instanceof PluginFunction) return { $: "f", d: value.id };
  if (value instanceof Deferred) return { $: "p", d: value.id };
  if (value instanceof Date) return { $: "d", v: value.getTime() };
  if (value instanceof Uint8Array) return { $: "b", x: buffers.push(value) - 1 };
  if (Array.isArray(value)) return value.map((item) => mark(item, buffers));
  const copy: Plain = {};
  for (const [key, item] of Object.entries(value))
    if (item !== undefined) copy[key] = mark(item, buffers);
  return "$" in copy ? { $: "o", v: Object.entries(copy) } : copy;
}

/** What unpacking needs: how layers are found and functions are called. */
export interface Unpacking {
  readonly layer: (id: string) => Layer | undefined;
  readonly invoke: (functionId: number, args: readonly unknown[]) => unknown;
}

/** Unpacks what came out of the plugin's world. */
export function unpack(text: string, buffers: readonly Uint8Array[], world: Unpacking): unknown {
  return unmark(JSON.parse(text), buffers, world);
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
      return (
        world.layer(plain["d"] as string) ?? new Handle(plain["i"] as string, plain["d"] as string)
      );
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
