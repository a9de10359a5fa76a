import { readMember, callMember, writeMember } from "../api/dispatch.ts";
import { preludeMembers, preludeTypes } from "../api/interfaces.ts";
import { Session, type Outside } from "../api/session.ts";
import { Handle, PluginFunction } from "../api/values.ts";
import { SimUnsupported } from "../errors.ts";
import type { Layer } from "../model/layer.ts";
import { whyNotLoadable } from "../vm/check-main-code.ts";
import { exposePromises } from "../host/expose-promises.ts";
import { pack, unpack } from "../vm/codec.ts";
import type { Engine, EngineAnswer, PluginError, Slice } from "../vm/engine.ts";
import { PluginTimers } from "./plugin-timers.ts";
import type { WindowParts } from "./window-parts.ts";

/** A line the plugin wrote to its console. */
export interface ConsoleLine {
  readonly level: string;
  readonly values: readonly unknown[];
}

/** A notice at the bottom of the screen. */
export interface Notice {
  readonly id: number;
  readonly message: string;
  readonly isError: boolean;
  readonly press: () => void;
  readonly dismiss: () => void;
  isOpen: boolean;
}

/** One run of a plugin: what it did to be seen from outside, and the levers a person has. */
export class PluginWindow {
  readonly id: string;
  /** What the plugin sent to its panel, in order. */
  readonly messages: unknown[] = [];
  readonly notifications: Notice[] = [];
  readonly console: ConsoleLine[] = [];
  /** The first value of each `console.log`, in order. */
  readonly logged: unknown[] = [];
  /** Errors nobody caught: at top level, in callbacks, in promises that callbacks returned. */
  readonly errors: PluginError[] = [];
  /** What the stand-in refused, caught by the plugin or not, by the words of the refusal. */
  readonly refusals: string[] = [];
  /** Members the plugin used that the stand-in does not model, caught or not. */
  readonly unsupported: string[] = [];
  /** Versions saved, links opened, suggestions made. */
  readonly notes: { readonly kind: string; readonly details: unknown }[] = [];
  closeMessage: string | null = null;
  readonly session: Session;
  readonly #parts: WindowParts;
  #engine: Engine | null = null;
  readonly #timers: PluginTimers;

  constructor(parts: WindowParts, outside: (window: PluginWindow) => Outside) {
    this.#parts = parts;
    this.id = parts.windowId;
    this.#timers = new PluginTimers(parts.clock, (functionId) => this.#invoke(functionId, []));
    this.session = new Session({
      ...parts,
      outside: outside(this),
      settle: (id, outcome) => this.#settle(id, outcome),
    });
  }

  /** Whether the plugin still runs. */
  get isOpen(): boolean {
    return !this.session.isClosed;
  }

  /** How long the plugin held the thread each time it was entered. */
  get slices(): readonly Slice[] {
    return this.#engine?.slices ?? [];
  }

  /** The panel the plugin shows; null when it shows none. */
  get ui(): WindowParts["panel"]["current"] {
    return this.#parts.panel.current;
  }

  /** Loads and starts the main code; `figma.on("run")` fires right after. */
  async start(mainCode: string): Promise<void> {
    const refusal = whyNotLoadable(mainCode);
    if (refusal !== null) {
      this.errors.push({ name: "SyntaxError", message: refusal, stack: "" });
      this.close();
      return;
    }
    const { session } = this;
    this.#engine = await this.#parts.createEngine(
      { ask: (text, buffers) => this.#ask(text, buffers) },
      {
        members: preludeMembers(session.document.editor),
        types: preludeTypes(),
        watchesRejections: this.#parts.watchesRejections,
        missingMemberRead: session.switches.missingMemberRead,
        seed: Math.floor(this.#parts.random() * 2 ** 32),
        html: this.#parts.html,
        uiFiles: this.#parts.uiFiles,
      },
    );
    const code = this.#parts.watchesRejections ? exposePromises(mainCode) : mainCode;
    const error = this.#engine.evaluate(code, "PLUGIN_1_SOURCE");
    if (error !== null) this.errors.push(error);
    const event = { command: session.parts.command, parameters: session.parts.parameters };
    this.#parts.clock.soon(() => {
      if (this.isOpen) session.events.fire("run", [event]);
    });
  }

  /** Sends a message as the panel would; only what a message can carry arrives. */
  post(message: unknown): void {
    this.#parts.clock.soon(() => {
      if (!this.isOpen) return;
      const props = { origin: "null" };
      const { text, buffers } = pack(message);
      const arrived = unpack(text, buffers, { layer: () => undefined, invoke: () => undefined });
      const onmessage = this.session.state.get("onmessage");
      if (onmessage instanceof PluginFunction) onmessage.call(arrived, props);
      this.session.events.fire("message", [arrived, props], "ui");
    });
  }

  /** Types into a parameter in quick actions; suggestions arrive in `notes`. */
  typeParameter(
    key: string,
    query: string,
    parameters: Readonly<Record<string, unknown>> = {},
  ): void {
    const result = new Handle("SuggestionResults", key);
    this.session.events.fire("input", [{ key, query, parameters, result }], "parameters");
  }

  /** Drops something on the canvas; false when a handler took it over (typings, drop). */
  drop(event: Readonly<Record<string, unknown>> & { readonly node: Layer }): boolean {
    return !this.session.events.fire("drop", [{ items: [], files: [], ...event }]).includes(false);
  }

  /** Closes the plugin: `close` handlers run at once, then nothing of it runs any more. */
  close(message?: string): void {
    const { session } = this;
    if (session.isClosed) return;
    session.events.fire("close", []);
    session.document.history.commit(session.person.id);
    session.isClosed = true;
    session.events.close();
    this.#timers.close();
    for (const notice of this.notifications) notice.isOpen = false;
    this.closeMessage = message ?? null;
    this.#parts.panel.close();
  }

  /** True for a plugin that neither shows a panel, waits for anything, nor closed (simulator.md 6.2). */
  get runsForever(): boolean {
    const isWaiting = this.#timers.isWaiting || this.session.events.hasHandlers || this.ui !== null;
    return this.isOpen && !isWaiting;
  }

  /** Frees the virtual machine; the window can still be read. */
  dispose(): void {
    this.close();
    this.#engine?.dispose();
  }

  #settle(id: number, outcome: { readonly value: unknown } | { readonly error: unknown }): void {
    if (!this.isOpen) return;
    if ("value" in outcome) {
      const { text, buffers } = pack(outcome.value);
      this.#engine?.enter("promise", `p\n${id}\nok\n${text}`, buffers);
    } else
      this.#engine?.enter(
        "promise",
        `p\n${id}\nerror\n${JSON.stringify(this.#noteRefusal(outcome.error))}`,
        [],
      );
  }

  #ask(text: string, buffers: readonly Uint8Array[]): EngineAnswer {
    const kind = text.charAt(0);
    if (kind === "n")
      return plain(String(this.#parts.clock.nowMs + (this.#engine?.elapsedMs() ?? 0)));
    if (kind === "t") return plain(String(this.#timers.handle(text)));
    if (kind === "r") {
      this.refusals.push(text.slice(2));
      return null;
    }
    if (kind === "l") return this.#log(text, buffers);
    if (kind === "e") {
      this.errors.push(JSON.parse(text.slice(2)) as PluginError);
      return null;
    }
    try {
      const { text: value, buffers: bytes } = pack(this.#access(kind, text, buffers));
      return { text: `=${value}`, buffers: bytes };
    } catch (error) {
      return plain(`!${JSON.stringify(this.#noteRefusal(error))}`);
    }
  }

  #access(kind: string, text: string, buffers: readonly Uint8Array[]): unknown {
    const [, iface = "", id = "", member = "", ...rest] = text.split("\n");
    if (kind === "g") return readMember(this.session, iface, id, member);
    const value = unpack(rest.join("\n"), buffers, {
      layer: (layerId) => this.session.document.layers.get(layerId),
      invoke: (functionId, args) => this.#invoke(functionId, args),
    });
    if (kind === "c") return callMember(this.session, iface, id, member, value as unknown[]);
    writeMember(this.session, iface, id, member, value);
    return undefined;
  }

  #invoke(functionId: number, args: readonly unknown[]): unknown {
    const { text, buffers } = pack(args);
    const answer =
      this.#engine?.enter("callback", `f\n${functionId}\n\n${text}`, buffers) ?? "=null";
    return unpack(answer.slice(1), [], {
      layer: (id) => this.session.document.layers.get(id),
      invoke: () => undefined,
    });
  }

  #log(text: string, buffers: readonly Uint8Array[]): null {
    const [, level = "", ...rest] = text.split("\n");
    const values = unpack(rest.join("\n"), buffers, {
      layer: (id) => this.session.document.layers.get(id),
      invoke: () => undefined,
    });
    this.console.push({ level, values: values as unknown[] });
    if (level === "log") this.logged.push((values as unknown[])[0]);
    return null;
  }

  #noteRefusal(error: unknown): { name: string; message: string } {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    if (error instanceof SimUnsupported) this.unsupported.push(error.member);
    else this.refusals.push(message);
    return { name, message };
  }
}

function plain(text: string): EngineAnswer {
  return { text, buffers: [] };
}
