/** The smallest and largest a person can make a panel (look.md, Panel). */
const widths = { least: 240, most: 720 };
const leastHeight = 120;

/** What a panel's window starts with. */
export interface PanelWindowOptions {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** How many windows are open already: each lies a little beside the one before. */
  readonly number: number;
  readonly close: () => void;
}

/** A titled window over the canvas that can be dragged and resized; it holds a plugin's panel. */
export class PanelWindow {
  readonly element: HTMLElement;
  readonly frame: HTMLIFrameElement;

  constructor({ title, width, height, number, close }: PanelWindowOptions) {
    this.element = document.createElement("section");
    this.element.className = "panel-window";
    this.element.setAttribute("aria-label", title);
    this.element.style.right = `${16 + number * 360}px`;
    this.element.style.top = "64px";
    const bar = document.createElement("header");
    const heading = document.createElement("h2");
    heading.textContent = title;
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", `Close ${title}`);
    button.textContent = "×";
    button.addEventListener("click", close);
    bar.append(heading, button);
    this.frame = document.createElement("iframe");
    this.frame.title = title;
    this.frame.setAttribute(
      "sandbox",
      "allow-scripts allow-modals allow-forms allow-popups allow-downloads",
    );
    const corner = document.createElement("div");
    corner.className = "corner";
    this.element.append(bar, this.frame, corner);
    this.resize(width, height);
    this.#follow(bar, (start, x, y) => this.#moveTo(start.left + x, start.top + y));
    this.#follow(corner, (start, x, y) => this.resize(start.frameWidth + x, start.frameHeight + y));
  }

  /** Gives the panel, without its bar, a size in CSS pixels. */
  resize(width: number, height: number): void {
    const { style } = this.frame;
    style.width = `${Math.min(widths.most, Math.max(widths.least, width))}px`;
    style.height = `${Math.min(innerHeight - 96, Math.max(leastHeight, height))}px`;
  }

  set isVisible(isVisible: boolean) {
    this.element.hidden = !isVisible;
  }

  #moveTo(left: number, top: number): void {
    const { style } = this.element;
    const { offsetWidth } = this.element;
    style.right = "auto";
    style.left = `${Math.min(innerWidth - 60, Math.max(60 - offsetWidth, left))}px`;
    style.top = `${Math.min(innerHeight - 40, Math.max(0, top))}px`;
  }

  #follow(handle: HTMLElement, moved: (start: WindowStart, x: number, y: number) => void): void {
    let start: (WindowStart & { readonly x: number; readonly y: number }) | null = null;
    handle.addEventListener("pointerdown", (event) => {
      if (event.target instanceof HTMLButtonElement) return;
      const bounds = this.element.getBoundingClientRect();
      this.#moveTo(bounds.left, bounds.top);
      start = {
        x: event.clientX,
        y: event.clientY,
        left: bounds.left,
        top: bounds.top,
        frameWidth: this.frame.offsetWidth,
        frameHeight: this.frame.offsetHeight,
      };
      handle.setPointerCapture(event.pointerId);
      this.element.classList.add("moving");
    });
    handle.addEventListener("pointermove", (event) => {
      if (start !== null) moved(start, event.clientX - start.x, event.clientY - start.y);
    });
    const end = (): void => {
      start = null;
      this.element.classList.remove("moving");
    };
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
  }
}

interface WindowStart {
  readonly left: number;
  readonly top: number;
  readonly frameWidth: number;
  readonly frameHeight: number;
}
