import { afterEach, expect, test } from "vitest";
import type { PlaceContent } from "#domain/place-content";
import { buildPng } from "../helpers/build-png.ts";
import { closeBoards, openTestBoard, pictureOfPage, resultRecord } from "./board.ts";

afterEach(closeBoards);

const picture = { transfer: "png", widthPx: 300, heightPx: 200 };
const image: PlaceContent["rungs"][number] = { kind: "image-fill", picture, link: null };

function contentFor(node: string, pid: string) {
  return { node, rungs: [image], record: resultRecord({ pid, src: node }) };
}

test.each([
  ["figma", 0, "stack"],
  ["figma", 2, "stack"],
  ["figma", 1, "replace"],
  ["figjam", 0, "stack"],
  ["figjam", 2, "stack"],
  ["figjam", 1, "replace"],
] as const)(
  "where the canvas gives up in the middle of a placement in %s with %i before (%s), nothing stays",
  async (editor, earlier, mode) => {
    const board = await openTestBoard({ editor });
    await board.send("png", buildPng({ widthPx: 300, heightPx: 200 }));
    const node = await board.create("image-generator");
    for (let at = 0; at < earlier; at += 1) await board.place(contentFor(node, `old-${at}`));
    const { document } = board.standIn;
    const before = pictureOfPage(board);
    let writes = 0;
    // Each of the writes of a placement is refused in turn, as an odd layer would refuse it.
    for (let most = 1; most < 60; most += 1) {
      writes = 0;
      const stop = document.listen(({ kind }) => {
        if (kind === "delete") return;
        writes += 1;
        if (writes === most) throw new Error("Odd layer");
      });
      const outcome = await board.place({ ...contentFor(node, `pid-${most}`), mode });
      stop();
      if (outcome.kind === "placed") break;
      expect(outcome).toMatchObject({
        kind: "failed",
        message: expect.stringContaining("Odd layer") as string,
      });
      expect(pictureOfPage(board)).toBe(before);
    }
    expect(writes).toBeGreaterThan(3);
  },
);
