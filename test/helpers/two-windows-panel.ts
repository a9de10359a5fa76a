import { signal } from "@preact/signals-core";
import { createPanelEnd, type PanelEnd } from "#domain/channel";
import type { RelayClient } from "#domain/relay-client";
import type { Background, BackgroundParts, Time } from "../../ui/background/background.ts";
import { startBackground } from "../../ui/background/start-background.ts";
import type { NoticeView } from "../../ui/panel-view.ts";
import { PageReader } from "../../ui/session/page-reader.ts";
import { HeadlessPanel } from "../figma/panel/panel.ts";

/** What a panel without a browser is given. */
export interface BackgroundPanelParts {
  readonly session: string;
  readonly time: Time;
  readonly relay: RelayClient;
  /** Waited for by every message, there and back. */
  readonly travel: (what: string) => Promise<void>;
  /** Hands a message to the plugin. */
  readonly post: (message: unknown) => void;
  /** The panel could not start; a person closes it. */
  readonly failed: () => void;
}

/** A panel that nobody draws: the real channel and the real work in the background, from when it is shown. */
export class BackgroundPanel extends HeadlessPanel {
  readonly notices = new Map<string, NoticeView>();
  background: Background | null = null;
  readonly #parts: BackgroundPanelParts;
  readonly #channel: PanelEnd;
  readonly #reader: PageReader;
  readonly #told: unknown[] = [];
  #isStopped = false;

  constructor(parts: BackgroundPanelParts) {
    super((task) => {
      task();
    });
    this.#parts = parts;
    const { time, travel, session } = parts;
    const asked: unknown[] = [];
    this.#channel = createPanelEnd({
      post: (message) => {
        asked.push(message);
        // Each arrival brings the oldest: messages keep their order.
        void travel(`${session} asks`).then(() => {
          parts.post(asked.shift());
        });
      },
      wait: time.wait,
    });
    this.#reader = new PageReader({ channel: this.#channel, time, warn: () => undefined });
  }

  override show(panel: Parameters<HeadlessPanel["show"]>[0]): void {
    super.show(panel);
    this.#start().catch(this.#parts.failed);
  }

  override post(message: unknown): void {
    this.#told.push(message);
    void this.#parts.travel(`${this.#parts.session} is told`).then(() => {
      const next = this.#told.shift();
      if (!this.#isStopped) this.#channel.receive(next);
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#reader.stop();
    this.background?.stop();
  }

  async #start(): Promise<void> {
    const hello = await this.#channel.ask("hello", {});
    await this.#reader.read();
    if (!this.#isStopped) this.background = startBackground(this.#backgroundParts(hello));
  }

  #backgroundParts(hello: BackgroundParts["hello"]): BackgroundParts {
    const { session, time, relay } = this.#parts;
    const isReadOnly = signal(false);
    let ids = 0;
    return {
      ...{ channel: this.#channel, hello, page: this.#reader.page, session, time, isReadOnly },
      board: signal(null),
      relay: signal(relay),
      models: signal([]),
      statuses: signal(new Map()),
      versions: signal(new Map()),
      markReadOnly: () => (isReadOnly.value = true),
      linkTo: (hash) => `https://relay.test/${hash}`,
      newId: () => `${session}-${(ids += 1)}`,
      say: (notice) => this.notices.set(notice.key, notice),
      unsay: (key) => this.notices.delete(key),
    };
  }
}
