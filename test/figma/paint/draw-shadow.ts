import type { Layer } from "../model/layer.ts";
import { cssColor, definitionId, type Drawing, finite } from "./drawing.ts";

interface Effect {
  readonly type: string;
  readonly visible?: boolean;
  readonly radius?: number;
  readonly offset?: { readonly x: number; readonly y: number };
  readonly color?: { readonly r: number; readonly g: number; readonly b: number; a?: number };
}

/** The drop shadows of a layer as an attribute; other effects are left out. */
export function drawShadow(drawing: Drawing, layer: Layer): string {
  const effects = (layer.values["effects"] as readonly Effect[] | undefined) ?? [];
  const shadows = effects.filter(
    ({ type, visible }) => type === "DROP_SHADOW" && visible !== false,
  );
  if (shadows.length === 0) return "";
  const id = definitionId(drawing, "shadow");
  const parts = shadows.map(
    ({ radius = 0, offset = { x: 0, y: 0 }, color }) =>
      `<feDropShadow dx="${finite(offset.x)}" dy="${finite(offset.y)}" stdDeviation="${radius / 2}" flood-color="${cssColor(color)}" flood-opacity="${finite(color?.a ?? 1)}"/>`,
  );
  drawing.definitions.push(
    `<filter id="${id}" x="-20%" y="-20%" width="140%" height="140%">${parts.join("")}</filter>`,
  );
  return ` filter="url(#${id})"`;
}
