import type { Background, BackgroundParts } from "./background.ts";
import { keepCards } from "./keep-cards.ts";
import { keepCopies } from "./keep-copies.ts";
import { keepLinks } from "./keep-links.ts";
import { startPlacer } from "./place-results.ts";

/** Starts everything that keeps the canvas in step without anybody pressing a button. */
export function startBackground(parts: BackgroundParts): Background {
  const placer = startPlacer(parts);
  const stops = [placer.stop, keepCopies(parts), keepCards(parts), keepLinks(parts)];
  return {
    file: placer.file,
    placed: placer.placed,
    placeSoon: placer.placeSoon,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
