import { drawPicture } from "./draw-layers.ts";
import { openBoard, type OpenBoard } from "./open-board.ts";
import { toPage } from "./camera.ts";
import type { Playground } from "./playground.ts";
import { readRestBoard } from "./read-rest-board.ts";

/** Opens a file that a person chose or dropped: JSON as a board, a picture as a layer of this one. */
export async function openFile(
  playground: Playground,
  file: File,
  open: (board: OpenBoard) => Promise<void>,
): Promise<void> {
  if (file.type.startsWith("image/")) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { camera, size } = playground;
    const at = toPage(camera, size, { x: size.width / 3, y: size.height / 3 });
    const { me } = playground.board.value;
    me.select(drawPicture(me, bytes, file.name, at));
    return;
  }
  await open(openBoard(readRestBoard(await file.text(), file.name)));
}

/** Lets files be dropped anywhere on the canvas. */
export function takeDrops(element: HTMLElement, open: (file: File) => void): void {
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.classList.add("dropping");
  });
  element.addEventListener("dragleave", () => element.classList.remove("dropping"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    element.classList.remove("dropping");
    const [file] = event.dataTransfer?.files ?? [];
    if (file !== undefined) open(file);
  });
}
