/** What a panel shows and how large; the sizes are CSS pixels. */
export interface ShownPanel {
  readonly html: string;
  width: number;
  height: number;
  isVisible: boolean;
  readonly title: string;
  readonly hasThemeColors: boolean;
}

/** The place where a plugin's panel lives: none at all, or a browser. */
export interface Panel {
  readonly current: ShownPanel | null;
  /** Whether a message sent now is heard. */
  readonly isListening: boolean;
  readonly show: (panel: ShownPanel) => void;
  readonly post: (message: unknown) => void;
  readonly close: () => void;
}

/** A panel nobody draws: it remembers what is shown, and listens from the turn after. */
export class HeadlessPanel implements Panel {
  current: ShownPanel | null = null;
  isListening = false;
  readonly #soon: (task: () => void) => void;

  constructor(soon: (task: () => void) => void) {
    this.#soon = soon;
  }

  show(panel: ShownPanel): void {
    this.current = panel;
    this.isListening = false;
    this.#soon(() => {
      this.isListening = this.current === panel;
    });
  }

  /** Nobody is there to hear it; the window keeps the message. */
  post(_message: unknown): void {
    return;
  }

  close(): void {
    this.current = null;
    this.isListening = false;
  }
}
