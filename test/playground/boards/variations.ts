import type { Desk } from "./desk.ts";
import { drawNote, drawSection, join, putAll } from "./draw-figjam.ts";
import { drawWords } from "./draw-words.ts";
import type { ExampleBoard } from "./example-board.ts";

const brief = "Key picture for a bakery that opens at five in the morning";
const remarks = [
  ["Mina", "Show the street outside, still dark", "blue"],
  ["Tom", "More warmth from the oven, less blue", "pink"],
] as const;
const views = [
  "seen from the street at dawn",
  "a close view of one loaf",
  "the oven with its fire",
];
const headingLook = { size: 28, style: "Bold" };

/** FigJam: remarks of a team become four prompts, each prompt a picture; a list of views does as well. */
export const variations: ExampleBoard = {
  id: "variations",
  title: "Variations from feedback",
  editor: "figjam",
  draw: async (desk) => {
    await drawFeedback(desk);
    await drawViews(desk);
  },
};

async function drawFeedback({ user, addNode, useAs }: Desk): Promise<void> {
  const place = { x: 0, y: 0, width: 1560, height: 940 };
  const section = drawSection(user, "Feedback of Tuesday", place);
  const heading = drawWords(user, "Bakery key picture", { x: 48, y: 40 }, headingLook);
  const notes = [await useAs(drawNote(user, brief, { x: 48, y: 112 }, "yellow"), "text", "Brief")];
  for (const [index, [author, remark, color]] of remarks.entries()) {
    const sticky = drawNote(user, remark, { x: 48, y: 376 + index * 264 }, color);
    user.set(sticky, "authorName", author);
    notes.push(await useAs(sticky, "text", `Remark of ${author}`));
  }
  const writer = await addNode(
    "assistant",
    {
      title: "Prompts from feedback",
      prompt: "Write prompts for the key picture that take up the remarks.",
      params: { output: "list", count: 4 },
    },
    { x: 480, y: 400 },
  );
  const pictures = await addNode("image-generator", { title: "Variations" }, { x: 1000, y: 400 });
  const lines = notes.map((from) => join(user, from, writer));
  lines.push(join(user, writer, pictures));
  putAll(user, section, [heading, ...notes, writer, pictures, ...lines]);
}

async function drawViews({ user, addNode, useAs }: Desk): Promise<void> {
  const place = { x: 0, y: 1020, width: 1560, height: 620 };
  const section = drawSection(user, "One scene, several views", place);
  const heading = drawWords(user, "Three views of one scene", { x: 48, y: 1060 }, headingLook);
  const words = "A small bakery, flour in the air, early light";
  const scene = await useAs(drawNote(user, words, { x: 48, y: 1132 }, "yellow"), "text", "Scene");
  const items = views.map((text) => ({ isTicked: true, item: { kind: "text", text } }));
  const list = await addNode("list", { title: "Views", params: { items } }, { x: 48, y: 1450 });
  const pictures = await addNode(
    "image-generator",
    { title: "Scene, each view" },
    { x: 560, y: 1220 },
  );
  const turned = await addNode(
    "camera-angles",
    {
      title: "From the right",
      params: { horizontalDegrees: 30, verticalDegrees: 10, zoom: 5 },
    },
    { x: 1080, y: 1220 },
  );
  const lines = [scene, list].map((from) => join(user, from, pictures));
  lines.push(join(user, pictures, turned));
  putAll(user, section, [heading, scene, list, pictures, turned, ...lines]);
}
