import { absoluteBox, type Box, type Point } from "../../figma/model/geometry.ts";
import type { Layer } from "../../figma/model/layer.ts";
import { toScreen, type Camera, type Size } from "./camera.ts";
import type { OpenBoard } from "./open-board.ts";
import { unitLayers } from "./scene-unit.ts";
import { svgElement } from "./svg-element.ts";

/** What a gesture shows before it is done. */
export type Preview =
  | { readonly kind: "box"; readonly box: Box }
  | { readonly kind: "line"; readonly from: Point; readonly to: Point };

/** Somebody else's pointer, on the page. */
export interface Pointer extends Point {
  readonly name: string;
  readonly color: string;
  readonly personName: string;
}

interface View {
  readonly camera: Camera;
  readonly size: Size;
  readonly board: OpenBoard;
}

const blue = "#0d99ff";
const dotGapPx = 14;

/** What lies over the canvas at the size of the screen: selections, names of sections, pointers. */
export class Overlay {
  readonly element: SVGSVGElement;
  hover: Layer | null = null;
  preview: Preview | null = null;
  pointer: Pointer | null = null;
  /** Hides the outlines while a text is edited. */
  isQuiet = false;

  constructor() {
    this.element = svgElement("svg", { class: "overlay", "aria-hidden": "true" });
  }

  /** Forgets what belonged to a board that is closed. */
  clear(): void {
    this.hover = null;
    this.preview = null;
    this.pointer = null;
  }

  draw(view: View): void {
    this.element.replaceChildren(
      ...this.#sectionNames(view),
      ...this.#selections(view),
      ...this.#preview(view),
      ...this.#pointer(view),
    );
  }

  #sectionNames({ camera, size, board }: View): Element[] {
    if (camera.zoom < 0.04) return [];
    return unitLayers(board.me.person.page)
      .filter(({ type, values }) => values.visible && (type === "SECTION" || type === "FRAME"))
      .filter((layer) => layer.parent?.type === "PAGE" || layer.type === "SECTION")
      .flatMap((layer) => {
        const box = screenBox(layer, camera, size);
        if (box.width < 40 || box.x > size.width || box.y > size.height || box.y + box.height < 0)
          return [];
        const most = Math.max(3, Math.floor(box.width / 7));
        const { name } = layer.values;
        const text = svgElement("text", { x: box.x + 1, y: box.y - 7, class: "layer-name" });
        text.textContent = name.length > most ? `${name.slice(0, most - 1)}…` : name;
        return [text];
      });
  }

  #selections({ camera, size, board }: View): Element[] {
    if (this.isQuiet) return [];
    const { person } = board.me;
    const mine = person.selectionOn(person.page);
    const shown: Element[] = [];
    if (
      this.hover !== null &&
      !mine.includes(this.hover) &&
      board.standIn.document.layer(this.hover.id)
    )
      shown.push(outline(screenBox(this.hover, camera, size), blue, 1.5));
    for (const layer of mine) shown.push(outline(screenBox(layer, camera, size), blue, 1.5));
    const [only] = mine;
    if (mine.length === 1 && only !== undefined && canConnect(only, board))
      for (const { x, y } of edgeDots(screenBox(only, camera, size)))
        shown.push(svgElement("circle", { cx: x, cy: y, r: 5, class: "edge-dot" }));
    if (this.pointer !== null) {
      const { personName, color } = this.pointer;
      const other = board.standIn.remote(personName).person;
      for (const layer of other.selectionOn(other.page))
        shown.push(outline(screenBox(layer, camera, size), color, 1.5));
    }
    return shown;
  }

  #preview({ camera, size }: View): Element[] {
    if (this.preview === null) return [];
    if (this.preview.kind === "line") {
      const [from, to] = [this.preview.from, this.preview.to].map((point) =>
        toScreen(camera, size, point),
      );
      return from === undefined || to === undefined
        ? []
        : [svgElement("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: "preview" })];
    }
    const { box } = this.preview;
    const { x, y } = toScreen(camera, size, box);
    const [width, height] = [box.width * camera.zoom, box.height * camera.zoom];
    return [svgElement("rect", { x, y, width, height, class: "preview box" })];
  }

  #pointer({ camera, size }: View): Element[] {
    if (this.pointer === null) return [];
    const { x, y } = toScreen(camera, size, this.pointer);
    const { color, name } = this.pointer;
    const group = svgElement("g", { transform: `translate(${x} ${y})`, class: "other-pointer" });
    group.append(svgElement("path", { d: "M0 0l12 5-5 2-2 5z", fill: color }));
    const width = name.length * 7 + 14;
    group.append(svgElement("rect", { x: 11, y: 11, width, height: 20, rx: 4, fill: color }));
    const text = svgElement("text", { x: 18, y: 25, class: "pointer-name" });
    text.textContent = name;
    group.append(text);
    return [group];
  }
}

/** Where the dots are that connectors are drawn from, on the screen. */
function edgeDots(box: Box): Point[] {
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  return [
    { x: middleX, y: box.y - dotGapPx },
    { x: box.x + box.width + dotGapPx, y: middleY },
    { x: middleX, y: box.y + box.height + dotGapPx },
    { x: box.x - dotGapPx, y: middleY },
  ];
}

function canConnect(layer: Layer, board: OpenBoard): boolean {
  return board.standIn.document.editor === "figjam" && layer.type !== "CONNECTOR";
}

/** A layer's box on the screen. */
export function screenBox(layer: Layer, camera: Camera, size: Size): Box {
  const box = absoluteBox(layer);
  const { x, y } = toScreen(camera, size, box);
  return { x, y, width: box.width * camera.zoom, height: box.height * camera.zoom };
}

function outline({ x, y, width, height }: Box, color: string, weight: number): Element {
  return svgElement("rect", {
    x,
    y,
    width: Math.max(1, width),
    height: Math.max(1, height),
    stroke: color,
    "stroke-width": weight,
  });
}
