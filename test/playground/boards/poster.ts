import { drawNote, drawSection, join, putAll } from "./draw-figjam.ts";
import { drawWords } from "./draw-words.ts";
import type { ExampleBoard } from "./example-board.ts";

const mood =
  "A calm poster for a summer night concert by the sea: a lighthouse, a low moon, deep blue and warm orange";
const howTo =
  "Press “Run all” in the panel. Then change the words on the sticky, and run it again.";

/** FigJam: a mood in words becomes a poster, and the poster becomes large enough to print. */
export const poster: ExampleBoard = {
  id: "poster",
  title: "Poster from a mood",
  editor: "figjam",
  draw: async ({ user, addNode, useAs }) => {
    const size = { width: 1240, height: 640 };
    const section = drawSection(user, "Poster from a mood", { x: 0, y: 0, ...size });
    const heading = { size: 28, style: "Bold" };
    const words = [
      drawWords(user, "Poster for the harbour concert", { x: 48, y: 40 }, heading),
      drawWords(user, howTo, { x: 48, y: 84 }, { hex: "757575" }),
    ];
    const note = await useAs(drawNote(user, mood, { x: 48, y: 190 }, "yellow"), "text", "Mood");
    const drawn = await addNode("image-generator", { title: "Poster" }, { x: 448, y: 190 });
    const params = { scale: "2" };
    const large = await addNode(
      "image-upscaler",
      { title: "Poster for print", params },
      { x: 880, y: 190 },
    );
    const lines = [join(user, note, drawn), join(user, drawn, large)];
    putAll(user, section, [...words, note, drawn, large, ...lines]);
  },
};
