import { byId } from "#domain/by-id";
import type { CardContent } from "#domain/card";
import { cardOfNode } from "#domain/card-of-node";
import { definitionOf } from "#domain/nodes/index";
import { ownTextOf } from "#domain/read-text";
import { modelFor } from "#domain/settings";
import type { BackgroundParts } from "./background.ts";
import { createTurn } from "./turn.ts";

/** What happens within this time is drawn in one go. */
const settleMs = 100;
/** The most cards of one request (messages.ts). */
const mostCards = 500;

/**
 * Draws the cards of the page that is shown whenever what they show changes, only those, at most one
 * request at a time. A node whose text stands on its own layer has no card. Gives back how to stop.
 */
export function keepCards(parts: BackgroundParts): () => void {
  let drawn = new Map<string, string>();
  const turn = createTurn(
    parts.time,
    async () => {
      const cards = cardsToShow(parts);
      const known = new Set(cards.map(({ layer }) => layer));
      drawn = new Map([...drawn].filter(([layer]) => known.has(layer)));
      const changed = cards.filter((card) => drawn.get(card.layer) !== JSON.stringify(card));
      const batch = changed.slice(0, mostCards);
      if (batch.length === 0) return;
      if (changed.length > batch.length) turn.soon(0);
      // Noted before the answer: a card that is refused is not asked for again until it changes.
      for (const card of batch) drawn.set(card.layer, JSON.stringify(card));
      await parts.channel.ask("drawCards", { cards: batch });
    },
    () => {
      drawn = new Map();
    },
  );
  const { board, statuses, versions, models, isReadOnly } = parts;
  const ask = () => {
    turn.soon(settleMs);
  };
  const stops = [board, statuses, versions, models, isReadOnly].map((each) => each.subscribe(ask));
  return () => {
    for (const stop of stops) stop();
    turn.stop();
  };
}

/** The cards of all nodes whose standing is known; a node that runs needs the models to be known too. */
function cardsToShow(parts: BackgroundParts): CardContent[] {
  const board = parts.board.peek();
  const models = parts.models.peek();
  const layers = byId(parts.page.peek()?.layers ?? []);
  if (!board || parts.isReadOnly.peek()) return [];
  return board.graph.nodes.flatMap((node) => {
    const status = parts.statuses.peek().get(node.id);
    const layer = layers.get(node.id);
    const hasOwnText = layer && ownTextOf(layer) !== null;
    const isSource = definitionOf(node.type).task === null;
    if (!status || hasOwnText || (!isSource && models.length === 0)) return [];
    const model = modelFor(node, models);
    const version = parts.versions.peek().get(node.id) ?? null;
    return [cardOfNode({ node, status, model, version })];
  });
}
