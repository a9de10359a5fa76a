import { effect, signal, type Signal } from "@preact/signals-core";
import { absoluteBox, unite, type Point } from "../../figma/model/geometry.ts";
import type { Layer } from "../../figma/model/layer.ts";
import { fit, pan, zoomAt, type Camera, type Size } from "./camera.ts";
import { boxOfPage, type OpenBoard } from "./open-board.ts";
import { Overlay } from "./overlay.ts";
import { Scene } from "./scene.ts";
import type { ToolName } from "./tool.ts";

/** How much of the canvas the plugin's panel covers at the right when a board is opened. */
const panelPx = 372;

/** The canvas: one board, a camera on it, the tool in hand, and the drawing of it all. */
export class Playground {
  readonly tool: Signal<ToolName> = signal<ToolName>("select");
  readonly zoom: Signal<number> = signal(1);
  readonly board: Signal<OpenBoard>;
  readonly overlay: Overlay;
  readonly element: HTMLElement;
  camera: Camera = { center: { x: 0, y: 0 }, zoom: 1 };
  #scene: Scene;
  #stopListening: () => void = () => undefined;
  #isDrawing = false;

  constructor(board: OpenBoard) {
    this.element = document.createElement("div");
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "application");
    this.element.setAttribute("aria-label", "Canvas");
    this.overlay = new Overlay();
    this.element.append(this.overlay.element);
    this.board = signal(board);
    this.#scene = this.#show(board);
    effect(() => {
      const tool = this.tool.value;
      const kind = tool === "select" || tool === "hand" || tool === "text" ? tool : "draw";
      this.element.className = `canvas tool-${kind}`;
    });
    new ResizeObserver(() => this.#resized()).observe(this.element);
  }

  /** The canvas's size in CSS pixels. */
  get size(): Size {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  get scene(): Scene {
    return this.#scene;
  }

  /** What the person whose screen this is has selected. */
  get selection(): readonly Layer[] {
    const { person } = this.board.value.me;
    return person.selectionOn(person.page);
  }

  /** Shows another board in place of this one, which is closed. */
  open(board: OpenBoard): void {
    const before = this.board.value;
    this.#stopListening();
    this.#scene.dispose();
    before.close();
    this.tool.value = "select";
    this.overlay.clear();
    this.#scene = this.#show(board);
    this.board.value = board;
    this.fitAll();
  }

  look(camera: Camera): void {
    this.camera = camera;
    this.zoom.value = camera.zoom;
    this.board.value.me.person.viewport = camera;
    this.requestDraw();
  }

  panBy(byPx: Point): void {
    this.look(pan(this.camera, byPx));
  }

  /** Zooms around a point of the canvas, its middle by default. */
  zoomBy(factor: number, at?: Point): void {
    const { size } = this;
    this.look(zoomAt(this.camera, size, at ?? { x: size.width / 2, y: size.height / 2 }, factor));
  }

  fitAll(): void {
    this.look(fit(boxOfPage(this.board.value) ?? emptyBox, this.size, this.#coveredPx()));
  }

  fitSelection(): void {
    const box = unite(this.selection.map((layer) => absoluteBox(layer)));
    if (box !== null) this.look(fit(box, this.size, this.#coveredPx()));
  }

  /** Draws with the next frame, once however often it is asked. */
  requestDraw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.#followPlugin();
      this.#scene.draw(this.camera, this.size);
      this.overlay.draw({ camera: this.camera, size: this.size, board: this.board.value });
    });
  }

  #show(board: OpenBoard): Scene {
    const { person } = board.me;
    const scene = new Scene(board.standIn.document, person.page, () => this.requestDraw());
    this.element.prepend(scene.element);
    const listener = { selectionChanged: () => this.requestDraw() };
    person.listeners.add(listener);
    this.#stopListening = () => person.listeners.delete(listener);
    person.screen = this.size;
    return scene;
  }

  /** A plugin moves the view by setting the person's; the camera goes there. */
  #followPlugin(): void {
    const { viewport } = this.board.value.me.person;
    if (viewport === this.camera) return;
    this.camera = viewport;
    this.zoom.value = viewport.zoom;
  }

  #resized(): void {
    this.board.value.me.person.screen = this.size;
    this.requestDraw();
  }

  #coveredPx(): number {
    return this.size.width > 2 * panelPx ? panelPx : 0;
  }
}

const emptyBox = { x: -400, y: -300, width: 800, height: 600 };
