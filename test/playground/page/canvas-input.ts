import type { Point } from "../../figma/model/geometry.ts";
import type { Layer } from "../../figma/model/layer.ts";
import { drawBox, drawLine, drawSticky, drawText } from "./draw-layers.ts";
import { canType, editText } from "./edit-text.ts";
import type { Gesture, PointerPlace } from "./gesture.ts";
import { connect, dragSelection, drawWith, isGround, panView, selectInBox } from "./gestures.ts";
import { toPage } from "./camera.ts";
import type { Playground } from "./playground.ts";
import { unitOf } from "./scene-unit.ts";

/** Lets the pointer and the wheel work on the canvas. */
export class CanvasInput {
  /** Held while the space bar is: the hand, whatever tool is chosen. */
  isSpaceHeld = false;
  readonly #playground: Playground;
  #gesture: Gesture | null = null;

  constructor(playground: Playground) {
    this.#playground = playground;
    const { element } = playground;
    element.addEventListener("pointerdown", (event) => this.#press(event));
    element.addEventListener("pointermove", (event) => this.#move(event));
    element.addEventListener("pointerup", (event) => this.#release(event));
    element.addEventListener("pointercancel", () => this.cancel());
    element.addEventListener("dblclick", (event) => this.#open(event));
    element.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    element.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  /** Ends what the pointer is doing as if it had not begun; false when it does nothing. */
  cancel(): boolean {
    const gesture = this.#gesture;
    this.#gesture = null;
    gesture?.cancel();
    return gesture !== null;
  }

  #press(event: PointerEvent): void {
    if (this.#gesture !== null || event.button === 2) return;
    const { element } = this.#playground;
    element.focus();
    // The dot's place is taken before the capture sends all events to the canvas itself.
    const isDot = event.target instanceof Element && event.target.matches(".edge-dot");
    element.setPointerCapture(event.pointerId);
    this.#gesture = this.#begin(event, this.#place(event), isDot);
  }

  #begin(event: PointerEvent, place: PointerPlace, isDot: boolean): Gesture | null {
    const playground = this.#playground;
    const { me } = playground.board.value;
    const tool = playground.tool.value;
    if (this.isSpaceHeld || event.button === 1 || tool === "hand")
      return panView(playground, place);
    if (isDot) return connect(playground, place, playground.selection[0] ?? null);
    switch (tool) {
      case "select":
        return this.#select(event, place);
      case "connector":
        return this.#thenSelect(connect(playground, place, this.#unitAt(place)));
      case "sticky":
        return this.#placeText(drawSticky(me, place.page));
      case "text":
        return this.#placeText(drawText(me, place.page));
      case "line":
      case "arrow":
        return this.#thenSelect(
          drawWith(playground, place, "line", (from, to) => {
            if (from === to) return;
            me.select(tool === "arrow" ? me.drawArrow(from, to) : drawLine(me, from, to));
          }),
        );
      case "shape":
      case "section":
      case "frame":
      case "rectangle":
        return this.#thenSelect(
          drawWith(playground, place, "box", (from, to) => {
            me.select(drawBox(me, tool, from, to));
          }),
        );
    }
  }

  #select(event: PointerEvent, place: PointerPlace): Gesture {
    const playground = this.#playground;
    const { me } = playground.board.value;
    const isDeep = event.ctrlKey || event.metaKey;
    const hit = playground.scene.layerAt(place.client.x, place.client.y);
    const layer = hit === null || isDeep ? hit : unitOf(hit);
    const before = playground.selection;
    const isSelected = before.some((one) => one === layer);
    if (layer === null || (isGround(layer) && !isSelected)) {
      if (!event.shiftKey) me.select();
      return selectInBox(playground, place, event.shiftKey, () => {
        if (layer !== null) me.select(...playground.selection, layer);
      });
    }
    if (event.shiftKey)
      me.select(...(isSelected ? before.filter((one) => one !== layer) : [...before, layer]));
    else if (!isSelected) me.select(layer);
    return dragSelection(playground, place, () => {
      if (isSelected && !event.shiftKey) me.select(layer);
    });
  }

  #placeText(layer: Layer): null {
    const playground = this.#playground;
    playground.board.value.me.select(layer);
    playground.tool.value = "select";
    // The press that placed the layer would take the focus from the field again.
    setTimeout(() => editText(playground, layer));
    return null;
  }

  #thenSelect(gesture: Gesture): Gesture {
    return {
      ...gesture,
      end: (place) => {
        gesture.end(place);
        this.#playground.tool.value = "select";
      },
    };
  }

  #unitAt({ client }: PointerPlace): Layer | null {
    const hit = this.#playground.scene.layerAt(client.x, client.y);
    const unit = hit === null ? null : unitOf(hit);
    return unit === null || isGround(unit) || unit.type === "CONNECTOR" ? null : unit;
  }

  #move(event: PointerEvent): void {
    const place = this.#place(event);
    if (this.#gesture !== null) {
      this.#gesture.move(place);
      return;
    }
    const { overlay, tool } = this.#playground;
    const isChoosing = tool.value === "select" || tool.value === "connector";
    const hover = isChoosing && !this.isSpaceHeld ? this.#unitAt(place) : null;
    if (hover === overlay.hover) return;
    overlay.hover = hover;
    this.#playground.requestDraw();
  }

  #release(event: PointerEvent): void {
    const gesture = this.#gesture;
    this.#gesture = null;
    gesture?.end(this.#place(event));
  }

  #open(event: MouseEvent): void {
    if (this.#playground.tool.value !== "select") return;
    const hit = this.#playground.scene.layerAt(event.clientX, event.clientY);
    if (hit === null) return;
    this.#playground.board.value.me.select(hit);
    if (canType(hit)) editText(this.#playground, hit);
  }

  /** Ctrl and wheel, or a pinch, which browsers tell as that, zooms; the wheel alone moves. */
  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const step = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const [dx, dy] = [event.deltaX * step, event.deltaY * step];
    if (event.ctrlKey || event.metaKey)
      this.#playground.zoomBy(Math.exp(-dy * 0.005), this.#place(event).canvas);
    else if (event.shiftKey) this.#playground.panBy({ x: -dy - dx, y: 0 });
    else this.#playground.panBy({ x: -dx, y: -dy });
  }

  #place({ clientX, clientY }: MouseEvent): PointerPlace {
    const { element, camera, size } = this.#playground;
    const bounds = element.getBoundingClientRect();
    const canvas: Point = { x: clientX - bounds.x, y: clientY - bounds.y };
    return { client: { x: clientX, y: clientY }, canvas, page: toPage(camera, size, canvas) };
  }
}
