import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from "quickjs-emscripten";
import { loadMachine, newReadFunction, type LoadedMachine } from "./quick-reads.ts";
import type { Engine, EngineAnswer, EngineHost, PluginError, Slice } from "./engine.ts";
import { installGlobals } from "./prelude-globals.ts";
import { installPromises } from "./prelude-promises.ts";
import { marks, type PreludeSetup } from "./bridge.ts";
import type { Packed } from "./codec.ts";
import { createPreludeCodec } from "./prelude-codec.ts";
import { createBridge } from "./prelude.ts";

/** Limits of the virtual machine. Above 256 KB of stack, deep recursion would end the whole process. */
export interface EngineLimits {
  readonly stackBytes: number;
  readonly memoryBytes: number;
  /** A slice longer than this is interrupted, as a person would kill a frozen Figma. */
  readonly longestSliceMs: number;
}

/** A page of WebAssembly memory. */
const pageBytes = 65_536;

/** What runs have used until one asks for something else. */
export const defaultLimits: EngineLimits = {
  stackBytes: 256 * 1024,
  memoryBytes: 512 * 1024 * 1024,
  longestSliceMs: 10_000,
};

/** Makes a fresh QuickJS with Figma's globals and nothing else (simulator.md 2). */
export async function createQuickJsEngine(
  host: EngineHost,
  setup: PreludeSetup,
  limits: EngineLimits = defaultLimits,
): Promise<Engine> {
  // QuickJS's own limit does not count what arrays hold in this build; the memory's maximum does.
  const wasmMemory = new WebAssembly.Memory({
    initial: 256,
    maximum: Math.ceil(limits.memoryBytes / pageBytes),
  });
  return new QuickJsEngine(await loadMachine(wasmMemory), host, setup, limits);
}

class QuickJsEngine implements Engine {
  readonly slices: Slice[] = [];
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #host: EngineHost;
  readonly #door: QuickJSHandle;
  #startedAt: number | null = null;
  #hostMs = 0;
  #isDisposed = false;

  constructor(machine: LoadedMachine, host: EngineHost, setup: PreludeSetup, limits: EngineLimits) {
    const runtime = machine.module.newRuntime();
    this.#runtime = runtime;
    this.#host = host;
    runtime.setMaxStackSize(limits.stackBytes);
    runtime.setInterruptHandler(() => this.elapsedMs() > limits.longestSliceMs);
    this.#context = runtime.newContext();
    this.#door = this.#install(setup, machine);
  }

  elapsedMs(): number {
    return this.#startedAt === null ? 0 : performance.now() - this.#startedAt;
  }

  evaluate(code: string, fileName: string): PluginError | null {
    return this.#slice("main", () => {
      const result = this.#context.evalCode(code, fileName, { type: "global" });
      if (result.error) return this.#readError(result.error);
      this.#callDoor("w", result.value);
      result.value.dispose();
      return this.#runJobs();
    });
  }

  enter(reason: string, text: string, buffers: readonly Uint8Array[]): string {
    if (this.#isDisposed) return "null";
    const context = this.#context;
    // Promise jobs wait for the end of the outermost entry, as they do in any JavaScript.
    const isNested = this.#startedAt !== null;
    return this.#slice(reason, () => {
      const handles = [context.newString(text), ...buffers.map((bytes) => this.#newBuffer(bytes))];
      const result = context.callFunction(this.#door, context.undefined, ...handles);
      for (const handle of handles) handle.dispose();
      if (result.error) throw new Error(this.#readError(result.error).message);
      const answer = context.getString(result.value);
      result.value.dispose();
      if (!isNested) this.#runJobs();
      return answer;
    });
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#door.dispose();
    this.#context.dispose();
    this.#runtime.dispose();
  }

  #install(setup: PreludeSetup, machine: LoadedMachine): QuickJSHandle {
    const context = this.#context;
    const count = setup.memberNames.length;
    const read = newReadFunction(machine, context, {
      read: (place) => {
        return this.#outside(() => this.#host.read(Math.floor(place / count), place % count));
      },
      give: (crossing) => this.#give(crossing),
    });
    const call = context.newFunction("call", (handle, args, ...buffers) => {
      const place = context.getNumber(handle);
      const [thing, member] = [Math.floor(place / count), place % count];
      const bytes = buffers.map((buffer) => this.#copyOf(buffer));
      const text = context.getString(args);
      return this.#give(this.#outside(() => this.#host.call(thing, member, text, bytes)));
    });
    const ask = context.newFunction("ask", (handle, ...buffers) => {
      const bytes = buffers.map((buffer) => this.#copyOf(buffer));
      const text = context.getString(handle);
      return this.#give(this.#outside(() => this.#host.ask(text, bytes)));
    });
    const code = `(global, read, call, ask, text) => {
      const setup = JSON.parse(text);
      const host = { read, call, ask };
      const watched = { check: () => undefined };
      const bridge = (${createBridge.toString()})(host, setup, ${createPreludeCodec.toString()});
      (${installGlobals.toString()})(global, host, setup, bridge);
      if (setup.watchesRejections) watched.check = (${installPromises.toString()})(global, bridge.report);
      return (text, ...buffers) => text === "u" ? (watched.check(), "null") : bridge.door(text, ...buffers);
    }`;
    const install = context.unwrapResult(context.evalCode(code, "HOST_PRELUDE"));
    const text = context.newString(JSON.stringify(setup));
    const door = context.unwrapResult(
      context.callFunction(install, context.undefined, context.global, read, call, ask, text),
    );
    for (const handle of [read, call, ask, install, text]) handle.dispose();
    return door;
  }

  /** Leaves the virtual machine for an answer; that time is the stand-in's. */
  #outside(work: () => EngineAnswer): Crossing {
    const startedAt = performance.now();
    const answer = work();
    this.#hostMs += performance.now() - startedAt;
    return toCrossing(answer);
  }

  #copyOf(buffer: QuickJSHandle): Uint8Array {
    const view = this.#context.getArrayBuffer(buffer);
    const copy = Uint8Array.from(view.value);
    view.dispose();
    return copy;
  }

  #give(crossing: Crossing): QuickJSHandle {
    const context = this.#context;
    if (crossing === undefined) return context.undefined;
    if (crossing === null) return context.null;
    if (typeof crossing === "boolean") return crossing ? context.true : context.false;
    if (typeof crossing === "number") return context.newNumber(crossing);
    if (typeof crossing === "string") return context.newString(crossing);
    const { text, buffers } = crossing;
    const list = context.newArray();
    const parts = [context.newString(text), ...buffers.map((bytes) => this.#newBuffer(bytes))];
    for (const [index, part] of parts.entries()) {
      context.setProp(list, index, part);
      part.dispose();
    }
    return list;
  }

  #newBuffer(bytes: Uint8Array): QuickJSHandle {
    return this.#context.newArrayBuffer(Uint8Array.from(bytes).buffer);
  }

  #callDoor(text: string, value?: QuickJSHandle): void {
    const context = this.#context;
    const handle = context.newString(text);
    const rest = value === undefined ? [] : [value];
    context
      .unwrapResult(context.callFunction(this.#door, context.undefined, handle, ...rest))
      .dispose();
    handle.dispose();
  }

  #runJobs(): PluginError | null {
    const result = this.#runtime.executePendingJobs();
    if (result.error) return this.#readError(result.error);
    result.dispose();
    this.#callDoor("u");
    return null;
  }

  #readError(handle: QuickJSHandle): PluginError {
    const value: unknown = this.#context.dump(handle);
    handle.dispose();
    if (typeof value !== "object" || value === null)
      return { name: "Error", message: String(value), stack: "" };
    const { name = "Error", message = "", stack = "" } = value as Partial<PluginError>;
    return { name, message, stack };
  }

  /** A slice inside a slice (a notice's button pressed during a call) counts to the outer one. */
  #slice<T>(reason: string, work: () => T): T {
    if (this.#startedAt !== null) return work();
    this.#startedAt = performance.now();
    this.#hostMs = 0;
    try {
      return work();
    } finally {
      this.slices.push({
        reason,
        totalMs: performance.now() - this.#startedAt,
        hostMs: this.#hostMs,
      });
      this.#startedAt = null;
    }
  }
}

/** An answer as it crosses: itself, a text with its mark, or a text with bytes beside it. */
type Crossing = undefined | null | boolean | number | string | Pick<Packed, "text" | "buffers">;

function toCrossing(answer: EngineAnswer): Crossing {
  if (typeof answer === "string") return asText(answer);
  if (typeof answer !== "object" || answer === null) return answer;
  if ("thing" in answer) return marks.thing + answer.thing.join(" ");
  if ("layers" in answer) return marks.layers + JSON.stringify(answer.layers);
  if ("error" in answer) return marks.error + JSON.stringify(answer.error);
  const text = marks[answer.kind] + answer.text;
  return answer.buffers.length === 0 ? text : { text, buffers: answer.buffers };
}

/** A text as it crosses: what C cannot hold, or what looks like a mark, goes as JSON, which escapes it. */
function asText(text: string): string {
  const isItself = text.charCodeAt(0) > 7 && !text.includes("\0") && text.isWellFormed();
  return isItself || text === "" ? text : marks.flat + JSON.stringify(text);
}
