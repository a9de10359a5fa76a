import { absoluteBox } from "../../figma/model/geometry.ts";
import type { Layer } from "../../figma/model/layer.ts";
import type { User } from "../../figma/people/user.ts";
import { drawWords } from "./draw-words.ts";
import type { ExampleBoard } from "./example-board.ts";
import { fill } from "./paint.ts";
import { drawProductPicture } from "./product-picture.ts";

/** Design: a small product shot is enlarged into a page's slot, and turned into a second view. */
export const productShot: ExampleBoard = {
  id: "product-shot",
  title: "Product shot, enlarged",
  editor: "figma",
  draw: async ({ user, addNode, useAs, confirmArrow }) => {
    const picture = drawShot(user, await drawProductPicture());
    const shot = await useAs(picture, "media", "Product shot");
    const page = drawPage(user);
    const larger = await addNode(
      "image-upscaler",
      { title: "Enlarge", params: { scale: "4" } },
      { x: 520, y: 60 },
    );
    const turned = await addNode(
      "camera-angles",
      {
        title: "Second view",
        params: { horizontalDegrees: 20, verticalDegrees: 10, zoom: 5 },
      },
      { x: 520, y: 520 },
    );
    await confirmArrow(drawArrow(user, shot, larger), shot, larger);
    await confirmArrow(drawArrow(user, shot, turned), shot, turned);
    // These two are as a person leaves them: drawn, and not confirmed yet.
    drawArrow(user, larger, page.hero);
    drawArrow(user, turned, page.detail);
  },
};

function drawShot(user: User, bytes: Uint8Array): Layer {
  const { hash } = user.person.document.images.addImage(bytes, "createImage");
  drawWords(user, "Product shot, 480 x 360", { x: 0, y: 212 }, { size: 13, hex: "757575" });
  const fills = [
    {
      type: "IMAGE",
      visible: true,
      opacity: 1,
      blendMode: "NORMAL",
      scaleMode: "FILL",
      imageHash: hash,
    },
  ];
  const size = { width: 360, height: 270 };
  return user.draw("RECTANGLE", { name: "Product shot", ...size, fills }, { x: 0, y: 240 });
}

function drawPage(user: User): { readonly hero: Layer; readonly detail: Layer } {
  const at = { x: 960, y: 0 };
  const page = user.draw(
    "FRAME",
    { name: "Shop page", width: 720, height: 860, fills: [fill("faf7f2")] },
    at,
  );
  const slot = (name: string, x: number, y: number, width: number, height: number): Layer =>
    user.draw(
      "RECTANGLE",
      { name, width, height, fills: [fill("e6ddd0")] },
      { x: at.x + x, y: at.y + y },
    );
  const hero = slot("Hero picture", 40, 100, 640, 420);
  const detail = slot("Second view", 40, 560, 310, 232);
  const words = [
    drawWords(user, "Harbour Cup", { x: at.x + 40, y: 32 }, { size: 32, style: "Bold" }),
    drawWords(
      user,
      "Stoneware, 300 ml",
      { x: at.x + 380, y: 572 },
      { size: 20, style: "Semi Bold" },
    ),
    drawWords(
      user,
      "Thrown by hand, glazed in the green of the harbour. Holds a large cappuccino and keeps it warm.",
      { x: at.x + 380, y: 608 },
      { hex: "5c5c5c", widthPx: 290 },
    ),
  ];
  for (const layer of [hero, detail, ...words]) user.putInto(layer, page);
  return { hero, detail };
}

/** An arrow from the right side of one layer to the left side of another, as a hand draws it. */
function drawArrow(user: User, from: Layer, to: Layer): Layer {
  const [start, end] = [absoluteBox(from), absoluteBox(to)];
  const arrow = user.drawArrow(
    { x: start.x + start.width + 2, y: start.y + start.height / 2 },
    { x: end.x - 2, y: end.y + end.height / 2 },
  );
  user.rename(arrow, `Arrow to ${to.values.name}`);
  user.set(arrow, "strokes", [fill("757575")]);
  user.set(arrow, "strokeWeight", 2);
  return arrow;
}
