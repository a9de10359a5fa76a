import type { Change, FigmaDocument } from "../../figma/model/document.ts";
import { absoluteBox, type Box } from "../../figma/model/geometry.ts";
import type { StoredImage } from "../../figma/model/image-store.ts";
import { contains, descendants, isRemoved, type Layer } from "../../figma/model/layer.ts";
import { seenBox, type Camera, type Size } from "./camera.ts";
import { coveredBox, drawUnit, unitLayers, unitOf, type SceneUnit } from "./scene-unit.ts";
import { svgElement } from "./svg-element.ts";

/** Below this many pixels on the screen a unit is left out. */
const smallestPx = 1.5;
/** Below this zoom nobody can read, so no text is drawn. */
const readableZoom = 0.08;

/** Members whose change moves the connectors at a layer. */
const moving = new Set(["x", "y", "relativeTransform", "width", "height", "parent"]);

/**
 * One page, drawn as SVG and kept so: only what is seen is in the document, only what changed is
 * drawn again, and a move of the camera is one attribute.
 */
export class Scene {
  readonly element: SVGSVGElement;
  readonly #world: SVGGElement;
  readonly #document: FigmaDocument;
  readonly #page: Layer;
  readonly #stopListening: () => void;
  readonly #addresses = new Map<string, string>();
  readonly #units = new Map<Layer, SceneUnit>();
  #order: readonly Layer[] = [];
  #isOrderStale = true;
  #lastNumber = 0;

  constructor(document: FigmaDocument, page: Layer, changed: () => void) {
    this.#document = document;
    this.#page = page;
    this.#world = svgElement("g", {});
    this.element = svgElement("svg", { class: "scene", fill: "none" });
    this.element.append(this.#world);
    this.#stopListening = document.listen((change) => {
      this.#note(change);
      changed();
    });
  }

  /** Shows the page through a camera; cheap when nothing changed but the camera. */
  draw(camera: Camera, size: Size): void {
    const seen = seenBox(camera, size);
    const { zoom } = camera;
    this.#world.setAttribute(
      "transform",
      `translate(${-seen.x * zoom} ${-seen.y * zoom}) scale(${zoom})`,
    );
    this.element.classList.toggle("far", zoom < readableZoom);
    if (this.#isOrderStale) this.#readOrder();
    let before: Element | null = null;
    for (const layer of this.#order) {
      const unit = this.#units.get(layer);
      if (unit === undefined) continue;
      this.#refreshBox(unit);
      if (!isSeen(unit.box, seen, zoom)) {
        unit.element?.remove();
        continue;
      }
      const element = this.#drawn(unit);
      const next: ChildNode | null = before === null ? this.#world.firstChild : before.nextSibling;
      if (next !== element) this.#world.insertBefore(element, next);
      before = element;
    }
  }

  /** The layer that is drawn at a point of the screen, or close to it; the deepest one. */
  layerAt(x: number, y: number): Layer | null {
    for (const [dx, dy] of nearby) {
      for (const element of document.elementsFromPoint(x + dx, y + dy)) {
        if (!this.#world.contains(element)) continue;
        const id = element.closest("[data-layer]")?.getAttribute("data-layer");
        const layer = typeof id === "string" ? this.#document.layer(id) : null;
        const free = layer === null ? null : unlocked(layer);
        if (free !== null) return free;
      }
    }
    return null;
  }

  /** The units in a box of the page, the lowest first. */
  layersIn(box: Box): Layer[] {
    return this.#order.filter((layer) => {
      const { width, height } = layer.values;
      return layer.values.visible && width + height > 0 && meets(absoluteBox(layer), box);
    });
  }

  dispose(): void {
    this.#stopListening();
    for (const address of this.#addresses.values()) URL.revokeObjectURL(address);
    this.element.remove();
  }

  #readOrder(): void {
    this.#isOrderStale = false;
    this.#order = unitLayers(this.#page);
    const kept = new Set(this.#order);
    for (const [layer, unit] of this.#units) {
      if (kept.has(layer)) continue;
      unit.element?.remove();
      this.#units.delete(layer);
    }
    for (const layer of this.#order) {
      if (this.#units.has(layer)) continue;
      const box = coveredBox(layer);
      this.#units.set(layer, {
        layer,
        number: ++this.#lastNumber,
        box,
        element: null,
        isStale: true,
        isBoxStale: false,
      });
    }
  }

  #note({ kind, layer, property }: Change): void {
    if (kind !== "property" || property === "parent") this.#isOrderStale = true;
    if (layer.type === "SECTION" && moving.has(property))
      for (const unit of this.#units.values()) if (contains(layer, unit.layer)) spoil(unit);
    this.#spoil(layer);
    if (kind === "property" && !moving.has(property)) return;
    for (const one of [layer, ...descendants(layer)])
      for (const connector of this.#document.connectors.of(one.id)) this.#spoil(connector);
  }

  #spoil(layer: Layer): void {
    if (isRemoved(layer)) return;
    const unit = this.#units.get(unitOf(layer) ?? layer);
    if (unit !== undefined) spoil(unit);
  }

  #refreshBox(unit: SceneUnit): void {
    if (unit.isBoxStale) unit.box = coveredBox(unit.layer);
    unit.isBoxStale = false;
  }

  #drawn(unit: SceneUnit): SVGGElement {
    unit.element ??= svgElement("g", {});
    if (unit.isStale) {
      unit.isStale = false;
      unit.element.innerHTML = drawUnit(this.#document, unit, (image) => this.#addressOf(image));
    }
    return unit.element;
  }

  #addressOf({ hash, bytes, mediaType }: StoredImage): string {
    const address =
      this.#addresses.get(hash) ??
      URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: mediaType }));
    this.#addresses.set(hash, address);
    return address;
  }
}

/** The layer, or the nearest one around it that can be grabbed: what is locked is clicked through. */
function unlocked(layer: Layer): Layer | null {
  let free: Layer | null = layer;
  for (let current: Layer | null = layer; current !== null; current = current.parent)
    if (current.values.locked) free = current.parent;
  return free === null || free.type === "PAGE" || free.type === "DOCUMENT" ? null : free;
}

/** The point itself, then around it: thin lines are hard to hit. */
const nearby = [
  [0, 0],
  [0, 4],
  [4, 0],
  [0, -4],
  [-4, 0],
] as const;

function spoil(unit: SceneUnit): void {
  unit.isStale = true;
  unit.isBoxStale = true;
}

function isSeen(box: Box, seen: Box, zoom: number): boolean {
  return meets(box, seen) && Math.max(box.width, box.height) * zoom >= smallestPx;
}

function meets(one: Box, other: Box): boolean {
  return (
    one.x <= other.x + other.width &&
    other.x <= one.x + one.width &&
    one.y <= other.y + other.height &&
    other.y <= one.y + one.height
  );
}
