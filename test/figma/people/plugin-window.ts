import { interfaceNames, memberNames, preludeMembers, preludeTypes } from "../api/interfaces.ts";
import { Session, type Outside } from "../api/session.ts";
import { Handle, PluginFunction } from "../api/values.ts";
import type { Layer } from "../model/layer.ts";
import { whyNotLoadable } from "../vm/check-main-code.ts";
import { exposePromises } from "../host/expose-promises.ts";
import { pack, unpack } from "../vm/codec.ts";
import type { Engine, PluginError, Slice } from "../vm/engine.ts";
import { HostEnd, type ConsoleLine } from "./host-end.ts";
import { PluginTimers } from "./plugin-timers.ts";
import type { WindowParts } from "./window-parts.ts";

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
  readonly #host: HostEnd;

  constructor(parts: WindowParts, outside: (window: PluginWindow) => Outside) {
    this.#parts = parts;
    this.id = parts.windowId;
    this.#timers = new PluginTimers(parts.clock, (functionId) => this.#host.invoke(functionId, []));
    this.session = new Session({
      ...parts,
      outside: outside(this),
      settle: (id, outcome) => this.#settle(id, outcome),
    });
    this.#host = new HostEnd({
      session: this.session,
      timers: this.#timers,
      traces: this,
      nowMs: () => parts.clock.nowMs + (this.#engine?.elapsedMs() ?? 0),
      enter: (functionId, { text, buffers }) =>
        this.#engine?.enter("callback", `f\n${functionId}\n\n${text}`, buffers) ?? "null",
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
    this.#engine = await this.#parts.createEngine(this.#host, {
      interfaces: interfaceNames,
      memberNames,
      members: preludeMembers(session.document.editor),
      types: preludeTypes(),
      watchesRejections: this.#parts.watchesRejections,
      missingMemberRead: session.switches.missingMemberRead,
      seed: Math.floor(this.#parts.random() * 2 ** 32),
      html: this.#parts.html,
      uiFiles: this.#parts.uiFiles,
    });
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
      const arrived = unpack(text, buffers, { thing: () => undefined, invoke: () => undefined });
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
    this.#engine?.enter("close", "x", []);
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
      const { text, buffers } = this.#host.pack(outcome.value);
      this.#engine?.enter("promise", `p\n${id}\nok\n${text}`, buffers);
    } else {
      const error = JSON.stringify(this.#host.noteRefusal(outcome.error));
      this.#engine?.enter("promise", `p\n${id}\nerror\n${error}`, []);
    }
  }
}
