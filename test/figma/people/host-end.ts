import { callMember, readMember, writeMember } from "../api/dispatch.ts";
import { interfaceNumber, interfaceOf, memberNames } from "../api/interfaces.ts";
import type { Session } from "../api/session.ts";
import { Things, type Thing } from "../api/things.ts";
import { Handle } from "../api/values.ts";
import { SimUnsupported } from "../errors.ts";
import { Layer } from "../model/layer.ts";
import { pack, unpack, type Packed } from "../vm/codec.ts";
import { marks } from "../vm/bridge.ts";
import type { EngineAnswer, EngineHost, FailedAnswer, PluginError } from "../vm/engine.ts";
import type { PluginTimers } from "./plugin-timers.ts";

/** A line the plugin wrote to its console. */
export interface ConsoleLine {
  readonly level: string;
  readonly values: readonly unknown[];
}

/** What a plugin did that a test may ask for afterwards. */
export interface PluginTraces {
  readonly console: ConsoleLine[];
  readonly logged: unknown[];
  readonly errors: PluginError[];
  readonly refusals: string[];
  readonly unsupported: string[];
}

/** What the host's end works with; `enter` runs a function of the plugin and gives back its result. */
export interface HostEndParts {
  readonly session: Session;
  readonly timers: PluginTimers;
  readonly traces: PluginTraces;
  readonly nowMs: () => number;
  readonly enter: (functionId: number, args: Packed) => string;
}

/** The outside end of the bridge: reads, writes and calls for the plugin, and keeps its traces. */
export class HostEnd implements EngineHost {
  readonly #parts: HostEndParts;
  readonly #things = new Things();

  constructor(parts: HostEndParts) {
    this.#parts = parts;
  }

  readonly read = (thing: number, member: number): EngineAnswer => {
    try {
      const { session } = this.#parts;
      return this.#give(readMember(session, this.#things.get(thing), memberNames[member]!));
    } catch (error) {
      return this.#fail(error);
    }
  };

  readonly call = (
    thing: number,
    member: number,
    args: string,
    buffers: readonly Uint8Array[],
  ): EngineAnswer => {
    try {
      const { session } = this.#parts;
      const isText = args.startsWith(marks.text);
      const values = isText ? [args.slice(1)] : (this.#unpack(args, buffers) as unknown[]);
      const target = this.#things.get(thing);
      return this.#give(callMember(session, target, memberNames[member]!, values));
    } catch (error) {
      return this.#fail(error);
    }
  };

  readonly ask = (text: string, buffers: readonly Uint8Array[]): EngineAnswer => {
    const kind = text.charAt(0);
    const { timers, traces, nowMs } = this.#parts;
    if (kind === "n") return nowMs();
    if (kind === "t") return timers.handle(text);
    if (kind === "r") traces.refusals.push(text.slice(2));
    else if (kind === "e") traces.errors.push(JSON.parse(text.slice(2)) as PluginError);
    else if (kind === "l") this.#log(text, buffers);
    else return this.#write(text, buffers);
    return undefined;
  };

  /** A value as it goes in. */
  pack(value: unknown): Packed {
    return pack(value, (thing) => this.#number(thing));
  }

  /** Runs a function of the plugin. */
  readonly invoke = (functionId: number, args: readonly unknown[]): unknown => {
    return this.#unpack(this.#parts.enter(functionId, this.pack(args)), []);
  };

  /** What the plugin is told of an error; a test is told too, caught by the plugin or not. */
  noteRefusal(error: unknown): { readonly name: string; readonly message: string } {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const { unsupported, refusals } = this.#parts.traces;
    if (error instanceof SimUnsupported) unsupported.push(error.member);
    else refusals.push(message);
    return { name, message };
  }

  /** A member is assigned. */
  #write(text: string, buffers: readonly Uint8Array[]): EngineAnswer {
    const [, number = "", member = "", ...rest] = text.split("\n");
    try {
      const { session } = this.#parts;
      const thing = this.#things.get(Number(number));
      const value = this.#unpack(rest.join("\n"), buffers);
      writeMember(session, thing, member, value);
      return undefined;
    } catch (error) {
      return this.#fail(error);
    }
  }

  #give(value: unknown): EngineAnswer {
    if (value === undefined || value === null) return value;
    const type = typeof value;
    if (type === "string" || type === "number" || type === "boolean")
      return value as string | number | boolean;
    if (value instanceof Layer) return { thing: [...this.#number(value), value.id] };
    if (value instanceof Handle) return { thing: this.#number(value) };
    return areLayers(value) ? { layers: this.#numberAll(value) } : this.pack(value);
  }

  #fail(error: unknown): FailedAnswer {
    return { error: this.noteRefusal(error) };
  }

  #log(text: string, buffers: readonly Uint8Array[]): void {
    const [, level = "", ...rest] = text.split("\n");
    const values = this.#unpack(rest.join("\n"), buffers) as unknown[];
    const { console, logged } = this.#parts.traces;
    console.push({ level, values });
    if (level === "log") logged.push(values[0]);
  }

  #unpack(text: string, buffers: readonly Uint8Array[]): unknown {
    return unpack(text, buffers, {
      thing: (number) => this.#things.get(Number(number)),
      invoke: this.invoke,
    });
  }

  #numberAll(layers: readonly Layer[]): (number | string)[] {
    const parts: (number | string)[] = [];
    for (const layer of layers) {
      const [number, iface] = this.#number(layer);
      parts.push(number, iface, layer.id);
    }
    return parts;
  }

  #number(thing: Thing): readonly [number, number] {
    const iface = thing instanceof Layer ? interfaceOf(thing) : thing.iface;
    return [this.#things.numberOf(thing), interfaceNumber(iface)];
  }
}

function areLayers(value: unknown): value is readonly Layer[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => each instanceof Layer);
}
