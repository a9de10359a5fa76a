import type { Box, Point } from "../../figma/model/geometry.ts";
import { contains, type Layer } from "../../figma/model/layer.ts";
import { Drag } from "../../figma/people/drag.ts";
import type { Gesture, PointerPlace } from "./gesture.ts";
import type { Playground } from "./playground.ts";
import { unitOf } from "./scene-unit.ts";

/** A press that moves less than this is a click. */
const clickPx = 3;

/** Moves the view with the pointer. */
export function panView(playground: Playground, start: PointerPlace): Gesture {
  let last = start.canvas;
  const move = ({ canvas }: PointerPlace): void => {
    playground.panBy({ x: canvas.x - last.x, y: canvas.y - last.y });
    last = canvas;
  };
  return { move, end: move, cancel: () => undefined };
}

/** Moves the selected layers; without a move, `click` happens. */
export function dragSelection(
  playground: Playground,
  start: PointerPlace,
  click: () => void,
): Gesture {
  const { me } = playground.board.value;
  const layers = playground.selection.filter((layer) => !layer.values.locked);
  let drag: Drag | null = null;
  const move = ({ canvas, page }: PointerPlace): void => {
    if (drag === null && isClick(start.canvas, canvas)) return;
    drag ??= new Drag(me.person, layers);
    drag.by({ x: page.x - start.page.x, y: page.y - start.page.y });
  };
  return {
    move,
    end: (place) => {
      move(place);
      if (drag === null) click();
      else drag.end(holderAt(playground, layers, place));
    },
    cancel: () => {
      drag?.by({ x: 0, y: 0 });
      drag?.end(null);
    },
  };
}

/** The section or plain frame under the pointer, else the page. */
function holderAt(playground: Playground, dragged: readonly Layer[], place: PointerPlace): Layer {
  const { page } = playground.board.value.me.person;
  const under = playground.scene
    .layersIn({ ...place.page, width: 0, height: 0 })
    .filter((layer) => !dragged.some((one) => contains(one, layer)));
  const holder = under.findLast(
    ({ type, values }) =>
      type === "SECTION" || (type === "FRAME" && values["layoutMode"] === "NONE"),
  );
  const stays = dragged.every(({ parent }) => parent !== null && parent === dragged[0]?.parent);
  const parent = dragged[0]?.parent;
  const isInside = stays && parent != null && parent.type !== "PAGE" && parent.type !== "SECTION";
  return isInside ? parent : (holder ?? page);
}

/** Selects what a box touches; without a move, `click` happens. */
export function selectInBox(
  playground: Playground,
  start: PointerPlace,
  keeps: boolean,
  click: () => void,
): Gesture {
  const { me } = playground.board.value;
  const before = keeps ? playground.selection : [];
  let isMoved = false;
  const done = (): void => {
    playground.overlay.preview = null;
    playground.requestDraw();
  };
  return {
    move: ({ canvas, page }) => {
      isMoved ||= !isClick(start.canvas, canvas);
      if (!isMoved) return;
      const box = boxOf(start.page, page);
      playground.overlay.preview = { kind: "box", box };
      const found = playground.scene
        .layersIn(box)
        .filter((layer) => !layer.values.locked && !isGround(layer));
      me.select(...new Set([...before, ...found]));
      playground.requestDraw();
    },
    end: () => {
      if (!isMoved) click();
      done();
    },
    cancel: done,
  };
}

/** Whether a layer is a section that people work on: ground to begin a selection on, not a thing. */
export function isGround({ type, children }: Layer): boolean {
  return type === "SECTION" && (children ?? []).some(({ values }) => !values.locked);
}

/** Draws a box or a line and hands its ends over; a click gives the same point twice. */
export function drawWith(
  playground: Playground,
  start: PointerPlace,
  kind: "box" | "line",
  made: (from: Point, to: Point) => void,
): Gesture {
  const show = ({ page }: PointerPlace): void => {
    playground.overlay.preview =
      kind === "box"
        ? { kind, box: boxOf(start.page, page) }
        : { kind, from: start.page, to: page };
    playground.requestDraw();
  };
  const hide = (): void => {
    playground.overlay.preview = null;
    playground.requestDraw();
  };
  return {
    move: show,
    end: ({ canvas, page }) => {
      hide();
      made(start.page, isClick(start.canvas, canvas) ? start.page : page);
    },
    cancel: hide,
  };
}

/** Draws a connector from a layer, or from a point, to the layer or point where it is let go. */
export function connect(playground: Playground, start: PointerPlace, from: Layer | null): Gesture {
  const { me } = playground.board.value;
  const target = ({ client }: PointerPlace): Layer | null => {
    const hit = playground.scene.layerAt(client.x, client.y);
    const unit = hit === null ? null : unitOf(hit);
    if (unit === null || unit === from || unit.type === "CONNECTOR") return null;
    return isGround(unit) ? null : unit;
  };
  const hide = (): void => {
    playground.overlay.preview = null;
    playground.overlay.hover = null;
    playground.requestDraw();
  };
  return {
    move: (place) => {
      playground.overlay.preview = { kind: "line", from: start.page, to: place.page };
      playground.overlay.hover = target(place);
      playground.requestDraw();
    },
    end: (place) => {
      const to = target(place);
      hide();
      if (isClick(start.canvas, place.canvas)) return;
      me.select(me.drawConnector(from ?? start.page, to ?? place.page));
    },
    cancel: hide,
  };
}

function isClick(one: Point, other: Point): boolean {
  return Math.hypot(one.x - other.x, one.y - other.y) < clickPx;
}

function boxOf(one: Point, other: Point): Box {
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  };
}
