import { useRef } from "preact/hooks";
import { usePanel } from "./panel-context.ts";

const keyStepPx = 20;
const keyMoves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-keyStepPx, 0],
  ArrowRight: [keyStepPx, 0],
  ArrowUp: [0, -keyStepPx],
  ArrowDown: [0, keyStepPx],
};

/** The corner by which the panel is made larger or smaller: dragged, or with the arrow keys. */
export function ResizeHandle() {
  const { actions } = usePanel();
  const from = useRef<{ x: number; y: number } | null>(null);
  const drag = (event: PointerEvent): void => {
    if (from.current === null) return;
    // The screen's coordinates: the window itself grows under the pointer.
    const { screenX: x, screenY: y } = event;
    actions.resizeBy(x - from.current.x, y - from.current.y);
    from.current = { x, y };
  };
  const end = (): void => void (from.current = null);
  return (
    <button
      type="button"
      class="resize-handle"
      aria-label="Resize the panel with the arrow keys"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.screenX, y: event.screenY };
      }}
      onPointerMove={drag}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={(event) => {
        const move = keyMoves[event.key];
        if (move === undefined) return;
        event.preventDefault();
        actions.resizeBy(...move);
      }}
    />
  );
}
