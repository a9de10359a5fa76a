import type { Scheduler } from "fast-check";
import type { RelayClient } from "#domain/relay-client";
import type { PluginWindow } from "../figma/people/plugin-window.ts";
import { createStandIn, type StandIn } from "../figma/stand-in.ts";
import type { WaitingBoard } from "./two-windows-board.ts";
import { BackgroundPanel } from "./two-windows-panel.ts";
import type { Carry, LeaseRelay } from "./two-windows-relay.ts";
import { PlacementWatch } from "./two-windows-watch.ts";

/** What is broken on purpose, to see that a test notices. */
export interface Faults {
  readonly mainCode?: (code: string) => string;
  readonly client?: (client: RelayClient) => RelayClient;
  /** Who has no lease is let place, to see what else stands in the way. */
  readonly isLeaseFree?: boolean;
}

/** What two windows are opened with. */
export interface TwoWindowsParts {
  readonly scheduler: Scheduler;
  readonly relay: LeaseRelay;
  readonly board: WaitingBoard;
  /** The file's id for the relay. */
  readonly file: string;
  /** Whether a request or an answer is lost, one after the other. */
  readonly losses: Iterator<boolean>;
  readonly faults: Faults;
}

/** A person's plugin on the file. */
export interface OpenWindow {
  readonly name: string;
  readonly session: string;
  readonly panel: BackgroundPanel;
  plugin: PluginWindow | null;
  isOpen: boolean;
}

/** A result that a person took away by Undo, and the windows that knew of it. */
export interface Undone {
  readonly pid: string;
  readonly wasPlaced: boolean;
  readonly knownBy: readonly OpenWindow[];
}

const documentKey = "shared|spaces|doc";
/** How long anything is on its way. */
const travelMs = 20;
/** The relay's clock is set differently from those of the people's machines. */
const relayAheadMs = 7_200_000;
/** Longer than a lease and the rounds behind it. */
const calmMs = 120_000;

/**
 * One file of the stand-in, which several people have open with the built plugin, and the real
 * background of their panels. Whatever goes from one to another, and every answer of Figma, waits for
 * the scheduler; time stands still until it is told to pass.
 */
export class TwoWindows {
  readonly standIn: StandIn;
  readonly windows: OpenWindow[] = [];
  readonly undone: Undone[] = [];
  /** Results that a person brought back by Redo. */
  readonly redone = new Set<string>();
  readonly watch: PlacementWatch;
  /** Results that were on the canvas when the window that placed them was gone before it told so. */
  readonly cutShort: string[] = [];
  readonly #parts: TwoWindowsParts;
  readonly #answering = new Set<Promise<unknown>>();
  #isCalm = false;
  #isHandedOver = false;

  constructor(parts: TwoWindowsParts) {
    const { board, file, relay, faults } = parts;
    this.#parts = parts;
    this.standIn = createStandIn({ editor: board.editor, document: board.document });
    const { clock, document } = this.standIn;
    document.root.data.set(documentKey, JSON.stringify({ v: 1, docId: file, gen: 0 }));
    clock.soon = (task) => {
      const isNow = this.#isHandedOver;
      this.#isHandedOver = false;
      if (isNow) task();
      else void this.#travel("Figma goes on").then(task);
    };
    relay.nowMs = () => clock.nowMs + relayAheadMs;
    relay.leases.clear();
    const sessionOf = (windowId: string) =>
      this.windows.find(({ plugin }) => plugin?.id === windowId)?.session ?? null;
    this.watch = new PlacementWatch({
      document,
      relay: faults.isLeaseFree === true ? null : relay,
      sessionOf,
    });
  }

  /** Opens the plugin for a person. */
  async open(name: string): Promise<void> {
    const { board, faults, relay } = this.#parts;
    const { clock } = this.standIn;
    const earlier = this.windows.filter((each) => each.name === name);
    const session = `session-${name}-${earlier.length + 1}`;
    const client = relay.client(this.#carryFor(session));
    const panel = new BackgroundPanel({
      session,
      relay: faults.client?.(client) ?? client,
      time: {
        nowMs: () => clock.nowMs,
        wait: (durationMs, then) => clock.after(durationMs, then),
      },
      travel: (what) => this.#travel(what),
      post: (message) => {
        this.#handOver(window, message);
      },
      failed: () => {
        this.close(window);
      },
    });
    const window: OpenWindow = { name, session, panel, plugin: null, isOpen: true };
    this.windows.push(window);
    window.plugin = await this.standIn.runPlugin({
      ...board.plugin,
      mainCode: faults.mainCode?.(board.plugin.mainCode) ?? board.plugin.mainCode,
      by: this.standIn.remote(name),
      watchesRejections: false,
      panel: () => panel,
    });
  }

  /** The window is gone from one moment to the next; what it had sent is on its way. */
  close(window: OpenWindow): void {
    const { leases } = this.#parts.relay;
    for (const pid of this.watch.held().values()) {
      if (window.isOpen && leases.get(pid)?.session === window.session) this.cutShort.push(pid);
    }
    window.isOpen = false;
    window.panel.stop();
    window.plugin?.close();
  }

  /** A person takes back the last thing that they, or their plugin, did. */
  async undo(name: string): Promise<void> {
    const before = this.watch.held();
    this.standIn.remote(name).undo();
    const after = this.watch.held();
    for (const [layer, pid] of before) {
      if (after.get(layer) === pid) continue;
      const knownBy = this.windows.filter(({ isOpen, panel }) => {
        return isOpen && panel.background?.placed.peek().get(pid) === layer;
      });
      const { state } = await this.#parts.relay.find(pid);
      this.undone.push({ pid, wasPlaced: state === "placed", knownBy });
    }
  }

  /** A person does again what they took back last. */
  redo(name: string): void {
    const before = this.watch.held();
    this.watch.takeBack(() => this.standIn.remote(name).redo());
    for (const [layer, pid] of this.watch.held()) {
      if (before.get(layer) !== pid) this.redone.add(pid);
    }
  }

  /** Lets so much of what is on its way arrive, in the order that the scheduler chooses. */
  async arrive(most: number, isOver: () => boolean = () => false): Promise<void> {
    for (let count = 0; count < most && !isOver(); count += 1) {
      await this.pass(travelMs);
      await this.#arriveNext();
    }
  }

  async pass(durationMs: number): Promise<void> {
    await this.standIn.clock.advance(durationMs);
    await this.#settle();
  }

  /** Nothing goes wrong any more, somebody has the file open, and time goes by. */
  async calmDown(): Promise<void> {
    this.#isCalm = true;
    const endMs = this.standIn.clock.nowMs + calmMs;
    while (this.standIn.clock.nowMs < endMs) {
      while (await this.#arriveNext());
      if (this.windows.every(({ isOpen }) => !isOpen)) await this.open("C");
      // Who was alone to know the root's newest generation may be gone before it was written.
      for (const { panel } of this.windows) panel.notices.get("file-identity")?.actions[0]?.act();
      await this.pass(1_000);
    }
    while (await this.#arriveNext());
  }

  dispose(): void {
    for (const window of this.windows) this.close(window);
    this.standIn.dispose();
  }

  /** What the plugin's window gets is heard at once: its way was waited for before. */
  #handOver(window: OpenWindow, message: unknown): void {
    this.#isHandedOver = true;
    window.plugin?.post(message);
    this.#isHandedOver = false;
  }

  /** What was sent arrives, whatever becomes of who sent it. */
  #carryFor(session: string): Carry {
    return async (what, answer) => {
      await this.#travel(`${session} sends ${what}`);
      this.#mayBeLost();
      const answering = answer();
      this.#answering.add(answering);
      const answered = await answering.finally(() => this.#answering.delete(answering));
      await this.#travel(`${session} is answered ${what}`);
      const window = this.windows.find((each) => each.session === session);
      if (!window?.isOpen) return new Promise<never>(() => undefined);
      this.#mayBeLost();
      return answered;
    };
  }

  #mayBeLost(): void {
    if (!this.#isCalm && this.#parts.losses.next().value === true) {
      throw new Error("The network is away.");
    }
  }

  #travel(what: string): Promise<void> {
    return this.#parts.scheduler.schedule(Promise.resolve(), what);
  }

  async #arriveNext(): Promise<boolean> {
    const { scheduler } = this.#parts;
    if (scheduler.count() === 0) return false;
    await scheduler.waitNext(1);
    await this.#settle();
    return true;
  }

  /** Lets everything go on that waits for nothing but a promise. */
  async #settle(): Promise<void> {
    do {
      await Promise.allSettled(this.#answering);
      await this.standIn.clock.idle();
    } while (this.#answering.size > 0);
  }
}
