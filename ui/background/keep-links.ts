import { effect } from "@preact/signals-core";
import { followLinks, type SeenLinks } from "#domain/follow-links";
import type { LinkDrawing } from "#domain/link-drawing";
import type { PageFacts } from "#domain/layer";
import type { BackgroundParts } from "./background.ts";
import { createTurn } from "./turn.ts";

/** Moves come in bursts (figma-platform.md 1.6). */
const settleMs = 100;
/** Who moved a layer re-routes its links; the others do only where that did not happen. */
const otherPersonMs = 600;
/** The most links of one request (messages.ts). */
const mostLinks = 500;

/**
 * Keeps links and confirmed arrows attached when layers move, and hears when a person drags an end of
 * one elsewhere. Every session comes to the same paths. Gives back how to stop.
 */
export function keepLinks(parts: BackgroundParts): () => void {
  let seen: SeenLinks = new Map();
  let seenPage: string | null = null;
  let asked = new Map<string, string>();
  let wasOtherPerson = false;
  const turn = createTurn(
    parts.time,
    async () => {
      const [page, board] = [parts.page.peek(), parts.board.peek()];
      if (!page || !board || parts.isReadOnly.peek()) return;
      const steps = followLinks(page, board, page.id === seenPage ? seen : new Map());
      seenPage = page.id;
      // What the canvas did not do when it was asked the same before, it does not do now.
      const wanted = steps.drawings.map((link) => [link, wishOf(link, page)] as const);
      const fresh = wanted.filter(([{ layer }, wish]) => asked.get(layer ?? "") !== wish);
      const batch = fresh.slice(0, mostLinks);
      const left = new Set(fresh.slice(mostLinks).map(([{ layer }]) => layer));
      if (left.size > 0) turn.soon(0);
      seen = steps.seen;
      asked = new Map(
        wanted.flatMap(([{ layer }, wish]) => {
          return layer === null || left.has(layer) ? [] : [[layer, wish]];
        }),
      );
      if (steps.writes.length > 0) {
        await parts.channel.ask("writeRecords", { writes: [...steps.writes], isUndoStep: false });
      }
      if (batch.length > 0) {
        await parts.channel.ask("drawLinks", { links: batch.map(([link]) => link) });
      }
    },
    () => {
      asked = new Map();
    },
  );
  const stopHearing = parts.channel.hear("layers", ({ isLocal }) => {
    wasOtherPerson = !isLocal;
    if (isLocal) turn.soon(settleMs);
  });
  const stopWatching = effect(() => {
    const isReady = parts.page.value !== null && parts.board.value !== null;
    if (isReady) turn.soon(wasOtherPerson ? otherPersonMs : settleMs);
  });
  return () => {
    stopHearing();
    stopWatching();
    turn.stop();
  };
}

/** A path that is asked for, and where the line is now. */
function wishOf({ layer, points }: LinkDrawing, page: PageFacts): string {
  const now = page.layers.find(({ id }) => id === layer)?.path?.points;
  return JSON.stringify([points, now]);
}
