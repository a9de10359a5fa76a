import { effect, signal, type ReadonlySignal } from "@preact/signals-core";
import { randomBytes } from "node:crypto";
import type { Send } from "#domain/relay-client";
import type { Background, BackgroundParts, Time } from "../../../ui/background/background.ts";
import type { PanelActions } from "../../../ui/panel-actions.ts";
import type { PanelView } from "../../../ui/panel-view.ts";
import { sendToRelay } from "../../../ui/send-to-relay.ts";
import { openSession } from "../../../ui/session/open-session.ts";
import type { TestRelay } from "../../helpers/open-test-relay.ts";
import type { FakeCanvas } from "./fake-canvas.ts";

/** Time that only the test moves. */
export class FakeTime implements Time {
  now = 1_700_000_000_000;
  #waiting: { readonly atMs: number; readonly then: () => void }[] = [];

  readonly nowMs = (): number => this.now;

  readonly wait = (durationMs: number, then: () => void): (() => void) => {
    const entry = { atMs: this.now + durationMs, then };
    this.#waiting.push(entry);
    return () => (this.#waiting = this.#waiting.filter((each) => each !== entry));
  };

  /** Lets time pass; what was waited for is done in its order. */
  advance(durationMs: number): void {
    const untilMs = this.now + durationMs;
    for (;;) {
      const due = this.#waiting.filter(({ atMs }) => atMs <= untilMs);
      const [next] = due.sort((one, other) => one.atMs - other.atMs);
      if (!next) break;
      this.#waiting = this.#waiting.filter((each) => each !== next);
      this.now = Math.max(this.now, next.atMs);
      next.then();
    }
    this.now = untilMs;
  }
}

/** A panel's session on a fake canvas, its relay real or whatever `sendTo` says. */
export interface TestSession {
  readonly canvas: FakeCanvas;
  readonly time: FakeTime;
  readonly actions: PanelActions;
  readonly view: ReadonlySignal<PanelView>;
  readonly background: { readonly parts: BackgroundParts | null; placed: number };
  readonly saved: { readonly name: string; readonly bytes: Uint8Array }[];
  /** Waits until the view is as wanted; gives it. */
  readonly until: (isWanted: (view: PanelView) => boolean) => Promise<PanelView>;
  /** The one node that is selected, once it is as wanted. */
  readonly node: (isWanted?: (node: NodeOf) => boolean) => Promise<NodeOf>;
  readonly close: () => void;
}

type NodeOf = Extract<PanelView["node"], { kind: "node" }>["node"];

/** What a test session is opened with. */
export interface TestSessionOptions {
  readonly sendTo?: (address: string) => Send;
  readonly file?: string | null;
  readonly isLocalBlocked?: boolean;
}

const open = new Set<TestSession>();

/** Opens a session as main.tsx does, with the outside of the browser handed in. */
export function openTestSession(canvas: FakeCanvas, options: TestSessionOptions = {}): TestSession {
  const time = new FakeTime();
  const background: { parts: BackgroundParts | null; placed: number } = { parts: null, placed: 0 };
  const saved: { name: string; bytes: Uint8Array }[] = [];
  let urls = 0;
  const session = openSession({
    channel: canvas.panel,
    sendTo: options.sendTo ?? ((address) => sendToRelay(address, time)),
    time,
    newId: () => randomBytes(16).toString("hex"),
    page: {
      makeUrl: () => `blob:${(urls += 1)}`,
      dropUrl: () => undefined,
      saveFile: (name, bytes) => void saved.push({ name, bytes }),
      isLocalBlocked: () => Promise.resolve(options.isLocalBlocked ?? false),
    },
    startBackground: (parts) => {
      background.parts = parts;
      return fakeBackground(background, options.file === undefined ? "file-1" : options.file);
    },
    version: "0.0.0",
  });
  const { view, actions } = session.model;
  const until = (isWanted: (view: PanelView) => boolean) => waitFor(view, isWanted);
  const opened: TestSession = {
    canvas,
    time,
    actions,
    view,
    background,
    saved,
    until,
    node: async (isWanted = () => true) => {
      const { node } = await until((now) => now.node.kind === "node" && isWanted(now.node.node));
      if (node.kind !== "node") throw new Error("No node is shown.");
      return node.node;
    },
    close: () => {
      open.delete(opened);
      session.stop();
    },
  };
  open.add(opened);
  return opened;
}

/** Closes whatever a test left open. */
export function closeTestSessions(): void {
  for (const session of open) session.close();
}

/** Puts a code of the relay where the playground puts it, so that the panel pairs by itself. */
export async function offerPairing(canvas: FakeCanvas, { relay }: TestRelay): Promise<void> {
  const address = `http://localhost:${relay.port}`;
  canvas.stored.set("pairing-offer", JSON.stringify({ address, code: await relay.newCode() }));
}

function fakeBackground(counts: { placed: number }, file: string | null): Background {
  return {
    file: signal(file),
    placed: signal(new Map()),
    placeSoon: () => void (counts.placed += 1),
    stop: () => undefined,
  };
}

function waitFor<Value>(
  source: ReadonlySignal<Value>,
  isWanted: (value: Value) => boolean,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    let stop: () => void = () => undefined;
    const wait = setTimeout(() => {
      stop();
      reject(new Error(`It stayed at ${JSON.stringify(source.peek()).slice(0, 3_000)}`));
    }, 15_000);
    stop = effect(() => {
      const { value } = source;
      if (!isWanted(value)) return;
      clearTimeout(wait);
      queueMicrotask(() => stop());
      resolve(value);
    });
  });
}
