import * as z from "zod/mini";
import { toBase64 } from "../../figma/base64.ts";
import type { Manifest } from "../../figma/manifest.ts";
import { contentSecurityPolicy, panelDocument } from "../../figma/panel/content-security-policy.ts";
import type { Panel, ShownPanel } from "../../figma/panel/panel.ts";
import { here } from "./here.ts";
import { readFont } from "./host/read-font.ts";
import { interFace } from "./inter-face.ts";
import { PanelWindow } from "./panel-window.ts";

/** What a panel in the page is made of. */
export interface FramePanelParts {
  readonly manifest: Manifest;
  /** Whose window it is, shown after the title; null for the person whose screen this is. */
  readonly owner: string | null;
  readonly host: HTMLElement;
  readonly post: (message: unknown) => void;
  readonly close: () => void;
}

const fromFrameSchema = z.object({ isPanelFrameReady: z.literal(true) });

/** A plugin's panel in a sandboxed frame of null origin, under the policy that its manifest asks for. */
export class FramePanel implements Panel {
  current: ShownPanel | null = null;
  isListening = false;
  readonly #parts: FramePanelParts;
  #window: PanelWindow | null = null;
  #waiting: unknown[] = [];
  readonly #listen = (event: MessageEvent<unknown>): void => this.#hear(event);

  constructor(parts: FramePanelParts) {
    this.#parts = parts;
  }

  show(panel: ShownPanel): void {
    const { manifest, owner, host, close } = this.#parts;
    const title = panel.title === "" ? manifest.name : panel.title;
    const opened = new PanelWindow({
      title: owner === null ? title : `${title} - ${owner}`,
      width: panel.width,
      height: panel.height,
      number: host.querySelectorAll(".panel-window").length,
      close,
    });
    opened.isVisible = panel.isVisible;
    this.#window = opened;
    this.current = followed(panel, opened);
    addEventListener("message", this.#listen);
    opened.frame.src = `${here}panel-frame.html`;
    host.append(opened.element);
  }

  /** Messages sent before the panel's document is there wait for it, as Figma's page says. */
  post(message: unknown): void {
    if (!this.isListening) this.#waiting.push(message);
    else
      this.#window?.frame.contentWindow?.postMessage(
        { pluginMessage: message, pluginId: this.#parts.manifest.id },
        "*",
      );
  }

  close(): void {
    removeEventListener("message", this.#listen);
    this.#window?.element.remove();
    this.#window = null;
    this.current = null;
    this.isListening = false;
    this.#waiting = [];
  }

  #hear(event: MessageEvent<unknown>): void {
    const frame = this.#window?.frame;
    if (event.source !== frame?.contentWindow) return;
    const { data } = event;
    if (this.isListening) {
      if (typeof data === "object" && data !== null && "pluginMessage" in data)
        this.#parts.post(data.pluginMessage);
    } else if (fromFrameSchema.safeParse(event.data).success) this.#write(frame);
  }

  #write(frame: HTMLIFrameElement): void {
    const { current } = this;
    if (current === null) return;
    const policy = contentSecurityPolicy(this.#parts.manifest, false);
    const html = panelDocument(`${interFaces()}${current.html}`, policy, current.hasThemeColors);
    // The panel may speak while it is being written, so it is heard from here on.
    this.isListening = true;
    frame.addEventListener("load", () => this.#sendWaiting(), { once: true });
    frame.contentWindow?.postMessage({ panelHtml: html }, "*");
  }

  #sendWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) this.post(message);
  }
}

/** The panel that the stand-in changes, and the window that follows. */
function followed(panel: ShownPanel, opened: PanelWindow): ShownPanel {
  let { width, height, isVisible } = panel;
  return {
    ...panel,
    get width() {
      return width;
    },
    set width(value) {
      width = value;
      opened.resize(width, height);
    },
    get height() {
      return height;
    },
    set height(value) {
      height = value;
      opened.resize(width, height);
    },
    get isVisible() {
      return isVisible;
    },
    set isVisible(value) {
      isVisible = value;
      opened.isVisible = value;
    },
  };
}

let faces: string | null = null;

/** Figma's app has Inter; a frame of null origin gets it inside its own document. */
function interFaces(): string {
  faces ??= ["400Regular", "500Medium", "600SemiBold", "700Bold"]
    .map((weight) => interFace(weight, `data:font/ttf;base64,${toBase64(readFont(weight))}`))
    .join("");
  return `<style>${faces}</style>`;
}
