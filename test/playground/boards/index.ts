import type { ExampleBoard } from "./example-board.ts";
import { poster } from "./poster.ts";
import { productShot } from "./product-shot.ts";
import { variations } from "./variations.ts";

/** The boards of the playground's picker; the first one opens by itself. */
export const exampleBoards: readonly [ExampleBoard, ...ExampleBoard[]] = [
  poster,
  productShot,
  variations,
];
