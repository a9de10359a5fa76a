import { startsAt, stampArrow, type JoinedLayer } from "./arrow-record.ts";
import type { LayerFacts, PageFacts } from "./layer.ts";
import { readBoard } from "./read-board.ts";
import type { Line } from "./read-line.ts";
import type { ArrowRecord } from "./read-records.ts";

/** Reads what lines touch where they lie, whatever they remember; worked out when first asked for. */
export function readTouching(page: PageFacts, forgotten: ReadonlySet<string>): TouchingLines {
  let found: TouchingLines | null = null;
  return (layer) => {
    found ??= findTouching(page, forgotten);
    return found(layer);
  };
}

/** What a line touches with its two ends, or null where it is not between two layers. */
export type TouchingLines = (layer: string) => TouchingLine | null;

/** A line and the two layers that it touches. */
export interface TouchingLine {
  readonly line: Line;
  readonly from: JoinedLayer;
  readonly to: JoinedLayer;
}

function findTouching(page: PageFacts, forgotten: ReadonlySet<string>): TouchingLines {
  const layers = page.layers.map((layer) => {
    return forgotten.has(layer.id) ? { ...layer, records: withoutEdge(layer) } : layer;
  });
  const { lines } = readBoard({ ...page, layers }, { uses: new Map() });
  const lineOf = new Map(lines.map((line) => [line.layer, line]));
  const boxOf = new Map(page.layers.map(({ id, box }) => [id, box]));
  return (layer) => {
    const line = lineOf.get(layer);
    if (line?.status !== "bound") return null;
    const [from, to] = [line.from ?? "", line.to ?? ""];
    const [fromBox, toBox] = [boxOf.get(from), boxOf.get(to)];
    if (!fromBox || !toBox) return null;
    return { line, from: { id: from, box: fromBox }, to: { id: to, box: toBox } };
  };
}

/**
 * The record of a drawn arrow for what it touches now, or null when it joins nothing any more. It goes
 * on flowing the way it was told to flow: along its path, or against it.
 */
export function rejoinArrow(
  layer: LayerFacts,
  record: ArrowRecord,
  touching: TouchingLine | null,
): ArrowRecord | null {
  const points = layer.path?.points;
  if (!points || !touching) return null;
  const { from, to } = touching;
  const isTurned = startsAt(points, to, from);
  const [first, second] = isTurned ? [to, from] : [from, to];
  const { flip, port, ...kept } = record;
  const [source, target] = flip === true ? [second, first] : [first, second];
  const joined = { self: layer.id, from: source, to: target, made: record.made };
  return { ...kept, ...stampArrow({ ...joined, port: port ?? null }, points) };
}

function withoutEdge({ records }: LayerFacts): LayerFacts["records"] {
  return { ...records, edge: "" };
}
