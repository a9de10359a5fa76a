import type { RungContent } from "#domain/place-content";
import type { Size } from "#domain/placement";

/** A way to show a result with everything at hand: to make it takes no more waiting. */
export interface PreparedRung {
  readonly kind: RungContent["kind"];
  /** How large it is made; null where only the layer tells. */
  readonly size: Size | null;
  /** What a layer is filled with that is to show it; null for what is no picture. */
  readonly paint: ImagePaint | VideoPaint | null;
  /** The words that a text layer is to say; null for what is no text. */
  readonly text: string | null;
  readonly notes: readonly string[];
  /** Makes the layer, on the page that is shown. What flows takes this width. */
  readonly make: (widthPx: number) => SceneNode;
  /**
   * The layer, where it could only be made beforehand: Figma makes link previews by itself. It is to
   * be taken away again where it is not used.
   */
  readonly madeAlready: SceneNode | null;
}

/** What a rung tells that has no picture, no words of its own and nothing made beforehand. */
export const plainRung = {
  size: null,
  paint: null,
  text: null,
  notes: [],
  madeAlready: null,
} as const satisfies Omit<PreparedRung, "kind" | "make">;
