import type { Point } from "../../figma/model/geometry.ts";
import type { Layer } from "../../figma/model/layer.ts";
import { createText } from "../../figma/model/text-content.ts";
import { measureText } from "../../figma/model/text-layout.ts";
import type { User } from "../../figma/people/user.ts";
import { fill } from "./paint.ts";

interface Words {
  readonly size?: number;
  readonly style?: string;
  readonly hex?: string;
  /** Breaks lines at this width; one line for each paragraph without. */
  readonly widthPx?: number;
}

/** Writes a text layer in Inter with its top left corner at a point. */
export function drawWords(
  user: User,
  characters: string,
  at: Point,
  { size = 16, style = "Regular", hex = "1e1e1e", widthPx }: Words = {},
): Layer {
  const look = {
    fontName: { family: "Inter", style },
    fontSize: size,
    fills: [fill(hex)],
  };
  const textText = createText(look, characters);
  const box = measureText(textText, widthPx ?? null);
  const textAutoResize = widthPx === undefined ? "WIDTH_AND_HEIGHT" : "HEIGHT";
  return user.draw("TEXT", { name: characters.slice(0, 40), textText, textAutoResize, ...box }, at);
}
