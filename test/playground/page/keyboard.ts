import type { CanvasInput } from "./canvas-input.ts";
import { canType, editText } from "./edit-text.ts";
import { Drag } from "../../figma/people/drag.ts";
import type { Playground } from "./playground.ts";
import { toolsOf } from "./tool.ts";

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Lets the keyboard work on the canvas, wherever on the page the focus is outside of fields. */
export function listenToKeyboard(playground: Playground, input: CanvasInput): void {
  addEventListener("keydown", (event) => {
    if (isTaken(event)) return;
    const isHandled =
      event.ctrlKey || event.metaKey
        ? pressWithControl(playground, event)
        : press(playground, input, event);
    if (isHandled) event.preventDefault();
  });
  addEventListener("keyup", (event) => {
    if (event.key === " ") hold(playground, input, false);
  });
  addEventListener("blur", () => hold(playground, input, false));
}

/** Whether a key belongs to what has the focus: a field, a menu, a panel, a button that it presses. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input, textarea, select, [role=menu] *, .panel-window *")) return true;
  return target.matches("button") && (key === " " || key === "Enter");
}

function hold(playground: Playground, input: CanvasInput, isHeld: boolean): void {
  input.isSpaceHeld = isHeld;
  playground.element.classList.toggle("grabbing", isHeld);
}

function press(playground: Playground, input: CanvasInput, event: KeyboardEvent): boolean {
  const { me, standIn } = playground.board.value;
  const { selection } = playground;
  const step = steps[event.key];
  if (step !== undefined) return nudge(playground, step, event.shiftKey ? 10 : 1);
  switch (event.key) {
    case " ":
      hold(playground, input, true);
      return true;
    case "Escape":
      if (!input.cancel() && playground.tool.value === "select") me.select();
      playground.tool.value = "select";
      return true;
    case "Delete":
    case "Backspace":
      if (selection.length > 0) me.delete(...selection);
      return true;
    case "Enter": {
      const [only] = selection;
      if (selection.length === 1 && only !== undefined && canType(only)) editText(playground, only);
      return true;
    }
    default: {
      if (event.shiftKey && event.code === "Digit1") return done(() => playground.fitAll());
      if (event.shiftKey && event.code === "Digit2") return done(() => playground.fitSelection());
      const key = (event.shiftKey ? "shift+" : "") + event.key.toLowerCase();
      const tool = toolsOf(standIn.document.editor).find((one) => one.key === key);
      if (tool !== undefined) playground.tool.value = tool.name;
      return tool !== undefined;
    }
  }
}

function pressWithControl(playground: Playground, event: KeyboardEvent): boolean {
  const { me } = playground.board.value;
  switch (event.key.toLowerCase()) {
    case "z":
      return done(() => (event.shiftKey ? me.redo() : me.undo()));
    case "y":
      return done(() => me.redo());
    case "d":
      return done(() => duplicate(playground));
    case "c":
      return done(() => me.copy(...playground.selection));
    case "v":
      return done(() => me.select(...me.paste()));
    case "x":
      return done(() => {
        me.copy(...playground.selection);
        me.delete(...playground.selection);
      });
    case "a":
      return done(() => me.select(...(me.person.page.children ?? []).filter(isFree)));
    case "g":
      return done(() => {
        if (playground.selection.length > 0) me.select(me.group(...playground.selection));
      });
    case "0":
      return done(() => playground.zoomBy(1 / playground.camera.zoom));
    case "+":
    case "=":
      return done(() => playground.zoomBy(1.25));
    case "-":
      return done(() => playground.zoomBy(0.8));
    default:
      return false;
  }
}

/** Copies beside the originals, selected in their place. */
export function duplicate(playground: Playground): void {
  const { me } = playground.board.value;
  if (playground.selection.length === 0) return;
  const copies = me.duplicateBeside(...playground.selection);
  me.select(...copies);
}

function nudge(playground: Playground, [x, y]: readonly [number, number], by: number): boolean {
  const { me } = playground.board.value;
  const layers = playground.selection.filter(isFree);
  if (layers.length === 0) return false;
  const drag = new Drag(me.person, layers);
  drag.by({ x: x * by, y: y * by });
  drag.end(null);
  return true;
}

function isFree({ values }: { readonly values: { readonly locked: boolean } }): boolean {
  return !values.locked;
}

function done(work: () => unknown): boolean {
  work();
  return true;
}
