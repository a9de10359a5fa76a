import type { Point } from "../../figma/model/geometry.ts";

/** The pointer during a gesture: on the screen (client pixels), on the canvas, and on the page. */
export interface PointerPlace {
  readonly client: Point;
  readonly canvas: Point;
  readonly page: Point;
}

/** What goes on between pressing and letting go of the pointer. */
export interface Gesture {
  readonly move: (place: PointerPlace) => void;
  readonly end: (place: PointerPlace) => void;
  /** The gesture was taken away, by Escape or by the browser: nothing stays of it. */
  readonly cancel: () => void;
}
