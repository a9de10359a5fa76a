import { signal, type Signal } from "@preact/signals-core";
import type { Notice, PluginWindow } from "../../figma/people/plugin-window.ts";
import type { User } from "../../figma/people/user.ts";
import { FramePanel } from "./frame-panel.ts";
import type { OpenBoard } from "./open-board.ts";
import type { PluginFiles } from "./plugin-files.ts";

/** How often notices, links and errors of the running plugins are looked for. */
const lookMs = 150;

/** A notice that is shown, and an error that nobody in the plugin caught, which is shown like one. */
export type ShownNotice = Pick<Notice, "message" | "isError" | "dismiss">;

/** Runs the built plugin on a board, a window for each person who opens it. */
export class PluginRunner {
  readonly notices: Signal<readonly ShownNotice[]> = signal<readonly ShownNotice[]>([]);
  /** Who has the plugin open, by name. */
  readonly openFor: Signal<readonly string[]> = signal<readonly string[]>([]);
  readonly #files: PluginFiles;
  readonly #host: HTMLElement;
  readonly #storages: ReadonlyMap<string, Map<string, string>>;
  #windows: { readonly name: string; readonly window: PluginWindow; seen: number }[] = [];
  #errors: ShownNotice[] = [];

  /** `storages`: each person's clientStorage by name; the boards are new, the devices stay. */
  constructor(
    files: PluginFiles,
    host: HTMLElement,
    storages: ReadonlyMap<string, Map<string, string>>,
  ) {
    this.#files = files;
    this.#host = host;
    this.#storages = storages;
    setInterval(() => this.#look(), lookMs);
  }

  /** Starts the plugin for a person; a second start for the same person does nothing. */
  async start({ standIn, me }: OpenBoard, user: User = me): Promise<void> {
    const { name } = user.person;
    if (this.#windows.some((one) => one.name === name && one.window.isOpen)) return;
    const { manifest } = this.#files;
    const storage = this.#storages.get(name);
    if (storage !== undefined) user.person.clientStorage.set(manifest.id, storage);
    const opened: { window: PluginWindow | null } = { window: null };
    const window = await standIn.runPlugin({
      ...this.#files,
      by: user,
      watchesRejections: false,
      fetch: (url, options) => fetch(url, { ...options, credentials: "omit" }),
      panel: (post) =>
        new FramePanel({
          manifest,
          owner: user === me ? null : name,
          host: this.#host,
          post,
          close: () => opened.window?.close(),
        }),
    });
    opened.window = window;
    this.#windows = [
      ...this.#windows.filter((one) => one.name !== name),
      { name, window, seen: 0 },
    ];
    this.#look();
  }

  /** Closes the plugin for a person, as its window's cross does. */
  stop(name: string): void {
    for (const one of this.#windows) if (one.name === name) one.window.close();
    this.#look();
  }

  /** Shows a sentence about trouble until it is dismissed. */
  say(message: string): void {
    const notice: ShownNotice = {
      message,
      isError: true,
      dismiss: () => {
        this.#errors = this.#errors.filter((other) => other !== notice);
      },
    };
    this.#errors.push(notice);
  }

  #look(): void {
    for (const one of this.#windows) this.#lookAt(one);
    this.#windows = this.#windows.filter(({ window }) => window.isOpen);
    const open = this.#windows.flatMap(({ window }) =>
      window.notifications.filter((notice) => notice.isOpen),
    );
    update(this.notices, [...open, ...this.#errors]);
    update(
      this.openFor,
      this.#windows.map(({ name }) => name),
    );
  }

  #lookAt(one: { readonly window: PluginWindow; seen: number }): void {
    const { notes, errors } = one.window;
    for (const { kind, details } of notes.splice(0))
      if (kind === "openExternal" && typeof details === "string" && /^https?:\/\//.test(details))
        open(details, "_blank", "noopener,noreferrer");
    for (const { message } of errors.splice(0))
      this.say(`Nobody in the plugin caught an error: ${message}`);
  }
}

/** Sets a list only when it differs, so that nothing is drawn for nothing. */
function update<Item>(list: Signal<readonly Item[]>, items: readonly Item[]): void {
  const isSame =
    items.length === list.value.length && items.every((item, at) => item === list.value[at]);
  if (!isSame) list.value = items;
}
