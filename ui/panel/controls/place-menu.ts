/** A rectangle in pixels of the panel's window. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const marginPx = 8;
const gapPx = 4;

/**
 * Where a menu goes beside the button that opened it: below, or above where there is more room, its
 * left edge on the button's, moved so far that it stays in the window. In pixels.
 */
export function placeMenu(
  button: Rect,
  menu: { readonly width: number; readonly height: number },
  panel: { readonly width: number; readonly height: number },
): { readonly left: number; readonly top: number; readonly maxHeight: number } {
  const below = panel.height - button.bottom - gapPx - marginPx;
  const above = button.top - gapPx - marginPx;
  const isBelow = menu.height <= below || below >= above;
  const maxHeight = Math.max(isBelow ? below : above, 0);
  const height = Math.min(menu.height, maxHeight);
  const right = Math.max(panel.width - menu.width - marginPx, marginPx);
  return {
    left: Math.max(marginPx, Math.min(button.left, right)),
    top: isBelow ? button.bottom + gapPx : button.top - gapPx - height,
    maxHeight,
  };
}
