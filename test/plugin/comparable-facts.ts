import { indexBoard, type BoardIndex } from "#domain/board-index";
import type { Box, ConnectorEnd, LayerFacts, PageFacts } from "#domain/layer";
import { readText } from "#domain/read-text";
import type { BoardCopy } from "./board-copy.ts";

/** What the REST reader found, as the plugin should tell it; see {@link comparable} for the rest. */
export function expectedOf(page: PageFacts): BoardCopy {
  const index = indexBoard(page);
  const told = page.layers.flatMap((layer): LayerFacts[] => {
    if (layer.type === "TABLE_CELL") return [];
    const instance = index.instanceOf(layer.id);
    const connector = layer.connector && {
      ...layer.connector,
      start: freeOf(layer.connector.start, layer, page, index),
      end: freeOf(layer.connector.end, layer, page, index),
    };
    const picture = index.isArtwork(layer.id) ? null : layer.picture;
    const name = connector && Object.keys(layer.records).length === 0 ? "" : layer.name;
    const text = instance === layer.id ? readText(index, layer) : layer.text;
    if (instance === null || instance === layer.id)
      return [{ ...layer, name, picture, connector, text }];
    const isTold = connector !== null || Object.keys(layer.records).length > 0;
    const isShown = isShownIn(instance, layer, index.layers);
    return isTold && isShown ? [{ ...layer, picture, parent: instance, name: "" }] : [];
  });
  return new Map(told.map((layer) => [layer.id, layer]));
}

/**
 * Facts with what the two readers cannot both know taken out: a plugin is not told which image moves,
 * REST tells the paths of few lines and of no vectors, and the stand-in routes connectors anew.
 * `rest` is what REST tells of the same layers.
 */
export function comparable(board: BoardCopy, rest: BoardCopy): Record<string, unknown> {
  const layers = [...board.values()].map((layer) => {
    const { picture, box, connector, path } = layer;
    const isLine = layer.type === "LINE" && (rest.get(layer.id)?.path ?? null) !== null;
    const line = isLine && path?.points.map(roundPoint);
    const hash = picture && {
      kind: picture.kind.replace("animation", "image"),
      hash: picture.hash,
    };
    const place = connector ? null : box && roundBox(box);
    const ends = connector && [connector.start, connector.end].map(roundEnd);
    return [
      layer.id,
      { ...layer, picture: hash, box: place, path: line, connector: null, ends },
    ] as const;
  });
  return Object.fromEntries(layers.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** REST names the page, or the section from whose corner it counts, of an end that is free. */
function freeOf(end: ConnectorEnd, layer: LayerFacts, page: PageFacts, index: BoardIndex) {
  const { position } = end;
  if (end.layer === null || !position) return end;
  if (end.layer === page.id) return { layer: null, position };
  if (!index.isInside(layer.id, end.layer)) return end;
  const { x, y } = index.layers.get(end.layer)!.box!;
  return { layer: null, position: { x: x + position.x, y: y + position.y } };
}

function isShownIn(instance: string, layer: LayerFacts, layers: ReadonlyMap<string, LayerFacts>) {
  for (let at: LayerFacts | undefined = layer; at && at.id !== instance;) {
    if (!at.isVisible) return false;
    at = layers.get(at.parent ?? "");
  }
  return true;
}

function roundEnd({ layer, position }: ConnectorEnd) {
  return { layer, position: position && roundPoint(position) };
}

function roundBox({ x, y, width, height }: Box): number[] {
  return [x, y, width, height].map(roundPx);
}

function roundPoint({ x, y }: { readonly x: number; readonly y: number }): number[] {
  return [roundPx(x), roundPx(y)];
}

/** To half a pixel, without a negative zero. */
function roundPx(px: number): number {
  return Math.round(px * 2) / 2 + 0;
}
