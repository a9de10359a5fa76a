import type { Box, Point } from "../../figma/model/geometry.ts";

/** Where a person looks: the page's point in the middle of their canvas, and pixels for each of its own. */
export interface Camera {
  readonly center: Point;
  readonly zoom: number;
}

/** A width and a height in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const zoomRange = { least: 0.004, most: 16 };
const fitMarginPx = 64;

/** Where a point of the page is on the canvas. */
export function toScreen({ center, zoom }: Camera, size: Size, point: Point): Point {
  return {
    x: (point.x - center.x) * zoom + size.width / 2,
    y: (point.y - center.y) * zoom + size.height / 2,
  };
}

/** Which point of the page a point of the canvas shows. */
export function toPage({ center, zoom }: Camera, size: Size, point: Point): Point {
  return {
    x: (point.x - size.width / 2) / zoom + center.x,
    y: (point.y - size.height / 2) / zoom + center.y,
  };
}

/** The part of the page that is seen. */
export function seenBox({ center, zoom }: Camera, size: Size): Box {
  const [width, height] = [size.width / zoom, size.height / zoom];
  return { x: center.x - width / 2, y: center.y - height / 2, width, height };
}

/** Moves the view by pixels of the screen. */
export function pan(camera: Camera, byPx: Point): Camera {
  const { center, zoom } = camera;
  return { zoom, center: { x: center.x - byPx.x / zoom, y: center.y - byPx.y / zoom } };
}

/** Zooms by a factor; the page's point under `at` stays there. */
export function zoomAt(camera: Camera, size: Size, at: Point, factor: number): Camera {
  const zoom = clampZoom(camera.zoom * factor);
  const under = toPage(camera, size, at);
  return {
    zoom,
    center: {
      x: under.x - (at.x - size.width / 2) / zoom,
      y: under.y - (at.y - size.height / 2) / zoom,
    },
  };
}

/** The view that shows a box whole, never larger than life; `rightPx` of the canvas is covered. */
export function fit(box: Box, size: Size, rightPx: number): Camera {
  const width = Math.max(100, size.width - rightPx - 2 * fitMarginPx);
  const height = Math.max(100, size.height - 3 * fitMarginPx);
  const zoom = clampZoom(Math.min(1, width / (box.width || 1), height / (box.height || 1)));
  return {
    zoom,
    center: {
      x: box.x + box.width / 2 + rightPx / 2 / zoom,
      y: box.y + box.height / 2,
    },
  };
}

function clampZoom(zoom: number): number {
  return Math.min(zoomRange.most, Math.max(zoomRange.least, zoom));
}
