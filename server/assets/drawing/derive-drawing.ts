import { readFile, rm, writeFile } from "node:fs/promises";
import { figmaImageLimitPx } from "#domain/placement";
import type { InspectionReply, PictureRecipe } from "../inspection.ts";
import { writePicture } from "../write-picture.ts";
import { drawDrawing, shownSidePx } from "./draw-drawing.ts";
import { rebuildDrawing, type RebuiltDrawing } from "./rebuild-drawing.ts";

/**
 * Makes a picture of a drawing, drawn with as many pixels as the recipe asks for so that no line is
 * blurred: for Figma as many as {@link shownSidePx} says. Then it is a PNG like any other.
 */
export async function deriveDrawing(
  file: string,
  output: string,
  recipe: PictureRecipe,
): Promise<InspectionReply> {
  const drawing = rebuildDrawing(await readFile(file, "utf8"));
  const drawn = await drawDrawing(drawing.svg, drawing, sideFor(recipe, drawing));
  const png = `${output}.png`;
  try {
    await writeFile(png, drawn.asPng(), { flag: "wx", mode: 0o600 });
    return await writePicture(png, output, recipe);
  } finally {
    await rm(png, { force: true });
  }
}

/** How many pixels the longest side is drawn with. */
function sideFor(recipe: PictureRecipe, { root, widthPx, heightPx }: RebuiltDrawing): number {
  switch (recipe.kind) {
    case "figma":
      return shownSidePx(root);
    case "thumbnail":
      return recipe.sidePx;
    case "model":
      return Math.min(recipe.sidePx, Math.max(widthPx, heightPx));
    case "mask":
      return Math.min(figmaImageLimitPx, Math.max(recipe.widthPx, recipe.heightPx));
  }
}
