import { effect } from "@preact/signals-core";
import { repairCopies } from "#domain/repair-copies";
import type { BackgroundParts } from "./background.ts";
import { createTurn } from "./turn.ts";

/** A paste arrives in pieces. */
const settleMs = 50;
/** The most records of one request (messages.ts). */
const mostWrites = 2_000;

/**
 * Makes copies themselves (figma-platform.md 11.4): all that a page has when it is first seen, then
 * what this person copies. Everybody else's session does the same for its person. Gives back how to
 * stop.
 */
export function keepCopies(parts: BackgroundParts): () => void {
  let repairedPage: string | null = null;
  /** Copies were made that the page, as it is known here, may not show yet. */
  let isOwed = false;
  const turn = createTurn(
    parts.time,
    async () => {
      const page = parts.page.peek();
      if (!page || parts.isReadOnly.peek()) return;
      repairedPage = page.id;
      const writes = repairCopies(page);
      for (let at = 0; at < writes.length; at += mostWrites) {
        const batch = writes.slice(at, at + mostWrites);
        await parts.channel.ask("writeRecords", { writes: batch, isUndoStep: false });
      }
    },
    () => {
      repairedPage = null;
    },
  );
  const stopHearing = parts.channel.hear("layers", ({ created, isLocal }) => {
    if (!isLocal || created.length === 0) return;
    isOwed = true;
    turn.soon(settleMs);
  });
  const stopWatching = effect(() => {
    const page = parts.page.value;
    if (!page || (page.id === repairedPage && !isOwed)) return;
    isOwed = false;
    turn.soon(settleMs);
  });
  return () => {
    stopHearing();
    stopWatching();
    turn.stop();
  };
}
