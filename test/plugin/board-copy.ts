import type { NewsOf, PanelEnd } from "#domain/channel";
import type { PluginNews } from "#domain/messages";
import type { LayerFacts } from "#domain/layer";

/** The layers of a page by id, as a panel knows them. */
export type BoardCopy = Map<string, LayerFacts>;

/** Reads the whole page that is shown, piece by piece. */
export async function readBoard(panel: PanelEnd): Promise<BoardCopy> {
  const board: BoardCopy = new Map();
  let from: number | null = 0;
  while (from !== null) {
    const { layers, next }: { layers: LayerFacts[]; next: number | null } = await panel.ask(
      "readPage",
      { from },
    );
    for (const layer of layers) board.set(layer.id, layer);
    from = next;
  }
  return board;
}

/** Keeps a copy up to date with the news from now on, as a panel does. */
export function followBoard(panel: PanelEnd, board: BoardCopy): () => void {
  return panel.hear("layers", ({ changed, removed }) => {
    for (const id of removed) board.delete(id);
    for (const layer of changed) board.set(layer.id, layer);
  });
}

/** Everything of one kind that is told from now on. */
export function gather<Name extends PluginNews>(panel: PanelEnd, name: Name): NewsOf<Name>[] {
  const told: NewsOf<Name>[] = [];
  panel.hear(name, (news) => told.push(news));
  return told;
}
