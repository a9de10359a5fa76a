import { textOf } from "../../figma/api/text-members.ts";
import { absoluteBox } from "../../figma/model/geometry.ts";
import { pageOf, type Layer } from "../../figma/model/layer.ts";
import { styleAt } from "../../figma/model/text-content.ts";
import { toScreen } from "./camera.ts";
import type { Playground } from "./playground.ts";

const typed = new Set(["STICKY", "SHAPE_WITH_TEXT", "TEXT", "CONNECTOR"]);

/** Whether people can type into a layer here. */
export function canType(layer: Layer): boolean {
  return typed.has(layer.type) && !layer.values.locked;
}

/**
 * Opens a field over a layer to type its text into; leaving it, or Escape, keeps what was typed as one
 * undo step. A text layer that is left empty goes away.
 */
export function editText(playground: Playground, layer: Layer): void {
  const { me } = playground.board.value;
  const { camera, size } = playground;
  const box = absoluteBox(layer);
  const style = styleAt(textOf(layer), 0);
  const field = document.createElement("textarea");
  field.className = `text-field ${layer.type === "TEXT" ? "bare" : ""}`;
  field.setAttribute("aria-label", `Text of ${layer.values.name}`);
  field.value = textOf(layer).characters;
  const place = toScreen(camera, size, box);
  const width = Math.max(layer.type === "TEXT" ? 240 : 120, box.width);
  const css = field.style;
  css.left = `${place.x}px`;
  css.top = `${place.y}px`;
  css.width = `${width}px`;
  css.height = `${Math.max(24, box.height)}px`;
  css.fontSize = `${style.fontSize}px`;
  css.fontWeight = layer.type === "TEXT" ? "400" : "500";
  css.textAlign = layer.type === "SHAPE_WITH_TEXT" ? "center" : "left";
  css.transform = `scale(${camera.zoom})`;
  if (layer.type === "STICKY") css.backgroundColor = stickyColor(layer);
  const end = (): void => {
    field.removeEventListener("blur", end);
    field.remove();
    playground.overlay.isQuiet = false;
    if (pageOf(layer) !== null) {
      if (field.value !== textOf(layer).characters) me.type(layer, field.value);
      if (layer.type === "TEXT" && field.value.trim() === "") me.delete(layer);
    }
    playground.requestDraw();
    playground.element.focus();
  };
  field.addEventListener("blur", end);
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey)))
      end();
  });
  for (const kind of ["pointerdown", "wheel"])
    field.addEventListener(kind, (event) => event.stopPropagation());
  playground.overlay.isQuiet = true;
  playground.requestDraw();
  playground.element.append(field);
  field.focus();
  field.select();
}

function stickyColor(layer: Layer): string {
  const [paint] = layer.values["fills"] as { color?: { r: number; g: number; b: number } }[];
  const { r, g, b } = paint?.color ?? { r: 1, g: 1, b: 1 };
  return `rgb(${r * 255} ${g * 255} ${b * 255})`;
}
