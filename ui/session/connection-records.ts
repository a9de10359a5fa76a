import { stampArrow, type JoinedLayer } from "#domain/arrow-record";
import type { Connection, Graph } from "#domain/graph";
import type { LayerFacts } from "#domain/layer";
import {
  readInputRecord,
  readLineRecord,
  type ArrowRecord,
  type InputRecord,
} from "#domain/read-records";
import type { RecordWrite } from "#domain/repair-copies";
import { inputsOf } from "#domain/walk-graph";

/** What the panel calls a connection by; the same as long as it joins the same. */
export function connectionKey({ from, to }: Connection): string {
  return JSON.stringify([from.node, to.node, to.port]);
}

/** The connection that goes by a key, while it is there. */
export function findConnection(graph: Graph, key: string): Connection | null {
  return graph.connections.find((connection) => connectionKey(connection) === key) ?? null;
}

/** The layers that a connection is about. */
export interface ConnectionLayers {
  /** The line that draws it; null where none does. */
  readonly line: LayerFacts | null;
  readonly from: LayerFacts;
  readonly to: LayerFacts;
}

/** What can be chosen for a connection by hand. */
export type ConnectionChoice = Partial<Pick<ArrowRecord, "port" | "order">>;

/** The write that keeps what a person chose for a connection; null where nothing can keep it. */
export function chooseForConnection(
  { line, from, to }: ConnectionLayers,
  connection: Connection,
  choice: ConnectionChoice,
): RecordWrite | null {
  if (line) {
    const record = { ...arrowRecordOf(line, from, to), ...choice };
    return { layer: line.id, key: "edge", value: JSON.stringify(record) };
  }
  const entries = readInputRecord(to).value ?? [];
  if (!entries.some((entry) => isSame(entry, connection))) return null;
  const changed = entries.map((entry) =>
    isSame(entry, connection) ? { ...entry, ...choice } : entry,
  );
  return { layer: to.id, key: "in", value: JSON.stringify(changed) };
}

/** The write that makes an invisible connection into a layer. */
export function addInvisible(to: LayerFacts, from: string, port: string, id: string): RecordWrite {
  const entries = readInputRecord(to).value ?? [];
  const value = JSON.stringify([...entries, { eid: id, src: from, port }]);
  return { layer: to.id, key: "in", value };
}

/** The write that takes an invisible connection away; null where the record does not hold it. */
export function removeInvisible(to: LayerFacts, connection: Connection): RecordWrite | null {
  const entries = readInputRecord(to).value ?? [];
  const left = entries.filter((entry) => !isSame(entry, connection));
  if (left.length === entries.length) return null;
  return { layer: to.id, key: "in", value: left.length === 0 ? "" : JSON.stringify(left) };
}

/** The record of a confirmed line: what it remembers, or what it joins as it lies there now. */
export function arrowRecordOf(line: LayerFacts, from: LayerFacts, to: LayerFacts): ArrowRecord {
  const known = readLineRecord(line).value;
  if (known?.self === line.id) return known;
  const stamp = {
    self: line.id,
    from: joined(from),
    to: joined(to),
    made: "user",
    port: null,
  } as const;
  return stampArrow(stamp, line.path?.points ?? []);
}

/** The connections of one input with one of them moved; null where it is at the end already. */
export function moveWithin(graph: Graph, connection: Connection, by: -1 | 1): Connection[] | null {
  const there = inputsOf(graph, connection.to.node).filter(
    ({ to }) => to.port === connection.to.port,
  );
  const at = there.indexOf(connection);
  const other = there[at + by];
  if (at < 0 || !other) return null;
  const moved = there.filter((each) => each !== connection);
  moved.splice(at + by, 0, connection);
  return moved;
}

/** An entry names its input; where it names none that there is, the one that was found counts. */
function isSame(entry: InputRecord[number], { from, to }: Connection): boolean {
  return entry.src === from.node && entry.port === to.port;
}

function joined({ id, box }: LayerFacts): JoinedLayer {
  return { id, box: box ?? { x: 0, y: 0, width: 0, height: 0 } };
}
