import type { Outside } from "./api/session.ts";
import { PluginFunction } from "./api/values.ts";
import { Clock } from "./clock.ts";
import { refuse } from "./errors.ts";
import { readManifest } from "./manifest.ts";
import { refreshConnectors } from "./model/connector-geometry.ts";
import { FigmaDocument, type Editor } from "./model/document.ts";
import type { Layer } from "./model/layer.ts";
import { defaultsOf } from "./model/defaults.ts";
import { exportLayer } from "./paint/export-layer.ts";
import { HeadlessPanel, type Panel } from "./panel/panel.ts";
import { Person } from "./people/person.ts";
import { PluginWindow } from "./people/plugin-window.ts";
import { User } from "./people/user.ts";
import { createRandom, type Random } from "./random.ts";
import { loadDocument } from "./rest/load-document.ts";
import { defaultSwitches, type Switches } from "./switches.ts";
import { sendableMessage } from "./vm/sendable-message.ts";
import { createQuickJsEngine, defaultLimits } from "./vm/quickjs-engine.ts";
import { withNetwork, type FetchFunction } from "./network.ts";

/** How a stand-in starts. */
export interface StandInOptions {
  readonly editor: Editor;
  /** Decides all that is unknown in time and order; the same seed, the same course. */
  readonly seed?: number;
  /** A document as `GET /v1/files/:key` answers it, or its bare `document`. */
  readonly document?: unknown;
  /** What an empty file is called; "Untitled" by default. */
  readonly fileName?: string;
  readonly switches?: Partial<Switches>;
  readonly fileKey?: string;
  /** The moment at which its time begins; the first of January 2026 by default. */
  readonly startMs?: number;
}

/** A plugin and how it is started. */
export interface PluginOptions {
  readonly manifest: unknown;
  readonly mainCode: string;
  /** The content of the manifest's `ui`, as it stands in the file: it becomes `__html__`. */
  readonly uiCode?: string;
  readonly uiFiles?: Readonly<Record<string, string>>;
  readonly command?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Who runs it; the first person by default. */
  readonly by?: User;
  /** The network of the main thread; without it every request fails. */
  readonly fetch?: FetchFunction;
  /** Where the panel is drawn; nowhere by default. Gets the window's own door for messages. */
  /** Sees every rejected promise nobody handles, at the price of rewriting async functions; on unless false. */
  readonly watchesRejections?: boolean;
  /** The longest the plugin may hold the thread before it is stopped, as a person would stop it. */
  readonly longestSliceMs?: number;
  /** Memory the plugin's machine may take, 17 MB at least; Figma's own limit is unknown. */
  readonly memoryBytes?: number;
  readonly panel?: (post: (message: unknown) => void) => Panel;
}

/** One file in one editor, its people, its time, and the plugins they run. */
export class StandIn {
  readonly document: FigmaDocument;
  readonly clock: Clock;
  readonly switches: Switches;
  /** The first person, whose screen this is. */
  readonly user: User;
  readonly windows: PluginWindow[] = [];
  readonly #random: Random;
  readonly #users: User[] = [];
  readonly #fileKey: string;

  constructor(options: StandInOptions) {
    this.#random = createRandom(options.seed ?? 1);
    this.switches = { ...defaultSwitches, ...options.switches };
    this.clock = new Clock(this.#random, options.startMs);
    this.document = new FigmaDocument(options.editor, options.fileName);
    this.document.afterEdit = (touched) => refreshConnectors(this.document, touched);
    this.#fileKey = options.fileKey ?? "standInFileKey0";
    if (options.document === undefined) addFirstPage(this.document);
    else loadDocument(this.document, options.document);
    this.user = this.remote("You");
  }

  /** Another person with the file open; the same name, the same person. */
  remote(name: string): User {
    const known = this.#users.find((user) => user.person.name === name);
    if (known !== undefined) return known;
    const number = this.#users.length + 1;
    const user = new User(new Person(this.document, `user-${number}`, name, number), this.switches);
    this.#users.push(user);
    return user;
  }

  /** Starts a plugin; resolves when its main code ran once. The manifest is checked as on import. */
  async runPlugin(options: PluginOptions): Promise<PluginWindow> {
    const manifest = readManifest(options.manifest);
    if (!manifest.editorType.includes(this.document.editor))
      throw new Error(`The plugin does not run in ${this.document.editor}.`);
    const { person } = options.by ?? this.user;
    const door: { post: (message: unknown) => void } = { post: () => undefined };
    const panel =
      options.panel?.((message) => door.post(message)) ??
      new HeadlessPanel((task) => this.clock.soon(task));
    const window = new PluginWindow(
      {
        windowId: `window-${this.windows.length + 1}`,
        document: this.document,
        person,
        manifest,
        clock: this.clock,
        random: this.#random,
        switches: this.switches,
        command: options.command ?? "",
        parameters: options.parameters,
        fileKey: this.#fileKey,
        html: options.uiCode ?? "",
        uiFiles: options.uiFiles ?? {},
        watchesRejections: options.watchesRejections !== false,
        createEngine: (host, setup) =>
          createQuickJsEngine(host, setup, {
            ...defaultLimits,
            longestSliceMs: options.longestSliceMs ?? defaultLimits.longestSliceMs,
            memoryBytes: options.memoryBytes ?? defaultLimits.memoryBytes,
          }),
        panel,
      },
      (opened) => this.#outsideOf(opened, panel, options.fetch),
    );
    door.post = (message) => window.post(message);
    this.windows.push(window);
    await window.start(options.mainCode);
    await this.clock.idle();
    return window;
  }

  /** Closes all plugins and frees their machines. */
  dispose(): void {
    for (const window of this.windows) window.dispose();
  }

  #outsideOf(window: PluginWindow, panel: Panel, fetch: FetchFunction | undefined): Outside {
    return {
      showUi: (html, options) => {
        panel.close();
        panel.show({
          html,
          title: typeof options["title"] === "string" ? options["title"] : "",
          isVisible: options["visible"] !== false,
          width: Math.max(70, Number(options["width"] ?? 300)),
          height: Math.max(0, Number(options["height"] ?? 200)),
          hasThemeColors: options["themeColors"] === true,
        });
      },
      closeUi: () => panel.close(),
      changeUi: (change, details) => changePanel(panel, change, details),
      hasUi: () => panel.current !== null,
      postToUi: (message, options) => {
        const sent = sendableMessage(message);
        if (panel.current === null) return;
        if (options["origin"] !== undefined && options["origin"] !== "*") return;
        if (!panel.isListening && this.switches.earlyMessages === "drop") {
          window.notes.push({ kind: "message-dropped", details: sent });
          return;
        }
        window.messages.push(sent);
        panel.post(sent);
      },
      fetch: withNetwork(fetch),
      exportLayer: (layer, settings) => exportLayer(this.document, layer, settings),
      notify: (message, options) => this.#notify(window, message, options),
      cancelNotice: (id) => window.notifications.find((notice) => notice.id === id)?.dismiss(),
      close: (message) => window.close(message),
      note: (kind, details) => void window.notes.push({ kind, details }),
      people: () => this.#users.map((user) => user.person),
    };
  }

  #notify(window: PluginWindow, message: string, options: Record<string, unknown>): number {
    const id = window.notifications.length + 1;
    const button = options["button"] as { action: PluginFunction } | undefined;
    const end = (reason: string): void => {
      if (!notice.isOpen) return;
      notice.isOpen = false;
      if (options["onDequeue"] instanceof PluginFunction) options["onDequeue"].call(reason);
    };
    const notice = {
      id,
      message,
      isError: options["error"] === true,
      isOpen: true,
      dismiss: () => end("dismiss"),
      press: () => {
        if (button?.action.call() !== false) end("action_button_click");
      },
    };
    window.notifications.push(notice);
    const timeoutMs = Number(options["timeout"] ?? 3000);
    if (Number.isFinite(timeoutMs)) this.clock.after(timeoutMs, () => end("timeout"));
    return id;
  }
}

/** A file as `createStandIn` promises it; see StandInOptions. */
export function createStandIn(options: StandInOptions): StandIn {
  return new StandIn(options);
}

function addFirstPage(document: FigmaDocument): Layer {
  const page = document.add("0:1", "PAGE", { ...defaultsOf("PAGE"), name: "Page 1" });
  document.as({ personId: "nobody", windowId: null }, () => document.place(page, document.root));
  return page;
}

function changePanel(panel: Panel, change: string, details: readonly unknown[]): void {
  if (panel.current === null) throw refuse(change, "No UI is available");
  if (change === "show" || change === "hide") panel.current.isVisible = change === "show";
  if (change === "resize") {
    panel.current.width = Number(details[0]);
    panel.current.height = Number(details[1]);
  }
}
