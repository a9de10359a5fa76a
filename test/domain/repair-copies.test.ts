import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LayerFacts, PageFacts, Point } from "#domain/layer";
import { readBoard } from "#domain/read-board";
import { repairCopies, type RecordWrite } from "#domain/repair-copies";
import { markerOf } from "#domain/result-marker";
import {
  arrow,
  arrowRecord,
  connector,
  inputRecord,
  layer,
  nodeRecord,
  page,
} from "../helpers/build-board.ts";

const hash = "a".repeat(64);
const resultRecord = (self: string) =>
  JSON.stringify({
    ...{ v: 1, self, pid: `p-${self}`, runId: "r1", src: "n0", port: "image", idx: 0 },
    ...{ asset: hash, media: "image/png", w: 10, h: 10 },
  });

/** A board of nodes in a row with a result below each, joined one to the next by arrows or connectors. */
function boardOf(kinds: readonly ("arrow" | "connector")[]): PageFacts {
  const layers: LayerFacts[] = [];
  const nodes = kinds.length + 1;
  for (let at = 0; at < nodes; at += 1) {
    const id = `n${at}`;
    const records = {
      node: nodeRecord(id, "image-generator", { prompt: `prompt ${at}`, params: { count: 2 } }),
      in: inputRecord(["n0", "references"]),
      out: JSON.stringify({ v: 1, self: id, mode: "replace", last: "p1" }),
    };
    layers.push(layer(id, "FRAME", { box: boxAt(at), records }));
    layers.push(
      layer(`r${at}`, "RECTANGLE", {
        parent: id,
        box: boxAt(at),
        records: { res: resultRecord(`r${at}`) },
      }),
    );
  }
  for (const [at, kind] of kinds.entries()) {
    const [from, to] = [`n${at}`, `n${at + 1}`];
    const id = `l${at}`;
    const edge = arrowRecord(id, from, to, { port: "references", made: "plugin" });
    const points = [
      { x: at * 500 + 200, y: 20 },
      { x: at * 500 + 500, y: 80 },
    ];
    layers.push(
      kind === "arrow"
        ? arrow(id, points, { records: { edge } })
        : connector(id, from, to, { records: { edge } }),
    );
  }
  return page(...layers);
}
const boxAt = (at: number) => ({ x: at * 500, y: 0, width: 200, height: 100 });

/** What Figma does with a copy: new ids, the same records, at another place; connectors follow. */
function copy({ layers, ...rest }: PageFacts, chosen: readonly string[], by: Point, mark: string) {
  const isChosen = (id: string) => chosen.includes(id);
  const move = (point: Point) => ({ x: point.x + by.x, y: point.y + by.y });
  const copies = layers
    .filter(({ id, parent }) => isChosen(id) || isChosen(parent ?? ""))
    .map((each): LayerFacts => {
      const end = (id: string | null) => (id !== null && isChosen(id) ? `${id}${mark}` : id);
      const { connector: line, path, box, parent } = each;
      return {
        ...each,
        id: `${each.id}${mark}`,
        parent: isChosen(parent ?? "") ? `${parent ?? ""}${mark}` : parent,
        box: box && { ...box, ...move(box) },
        path: path && { ...path, points: path.points.map(move) },
        connector: line && {
          ...line,
          start: { ...line.start, layer: end(line.start.layer) },
          end: { ...line.end, layer: end(line.end.layer) },
        },
      };
    });
  return { ...rest, layers: [...layers, ...copies] };
}

function apply({ layers, ...rest }: PageFacts, writes: readonly RecordWrite[]): PageFacts {
  return {
    ...rest,
    layers: layers.map((each) => {
      const records = { ...each.records };
      for (const { layer: id, key, value } of writes) if (id === each.id) records[key] = value;
      return { ...each, records };
    }),
  };
}

const boards = fc
  .array(fc.constantFrom("arrow" as const, "connector" as const), { maxLength: 3 })
  .map(boardOf);
/** Boards on which some layers were copied, and copies copied again. */
const copiedBoards = fc
  .tuple(
    boards,
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { minLength: 1, maxLength: 3 }),
  )
  .map(([board, steps]) => {
    let now = board;
    for (const [at, [one, many, isFar]] of steps.entries()) {
      const ids = now.layers.filter(({ id }) => !id.startsWith("r")).map(({ id }) => id);
      const from = one % ids.length;
      const chosen = ids.slice(from, from + 1 + (many % ids.length));
      now = copy(now, chosen, isFar ? { x: 0, y: 5_000 * (at + 1) } : { x: 0, y: 0 }, `c${at}`);
    }
    return { board, now };
  });
const selfOf = (record: string | undefined) =>
  record === undefined || record === "" ? null : (JSON.parse(record) as { self?: string }).self;

describe("copies on a page", () => {
  test("are repaired once and for all, and originals are left alone", () => {
    fc.assert(
      fc.property(copiedBoards, ({ board, now }) => {
        const writes = repairCopies(now);
        const originals = new Set(board.layers.map(({ id }) => id));
        expect(writes.filter((write) => originals.has(write.layer))).toEqual([]);
        expect(repairCopies(board)).toEqual([]);
        expect(repairCopies(apply(now, writes))).toEqual([]);
      }),
    );
  });

  test("come out the same when a part was repaired before: of each layer, the first writes", () => {
    fc.assert(
      fc.property(
        copiedBoards,
        fc.array(fc.nat({ max: 4 }), { maxLength: 20 }),
        ({ now }, counts) => {
          const writes = repairCopies(now);
          const done = now.layers.flatMap(({ id }, at) => {
            return writes.filter((write) => write.layer === id).slice(0, counts[at] ?? 4);
          });
          const halfWay = apply(now, done);
          expect(apply(halfWay, repairCopies(halfWay))).toEqual(apply(now, writes));
        },
      ),
    );
  });

  test("are themselves: no run, no result, no invisible connection of the original", () => {
    fc.assert(
      fc.property(copiedBoards, ({ board, now }) => {
        const repaired = apply(now, repairCopies(now));
        const originals = new Set(board.layers.map(({ id }) => id));
        for (const { id, records, connector: line } of repaired.layers) {
          if (originals.has(id)) continue;
          for (const record of [records.node, records.out, records.res]) {
            expect([null, id]).toContain(selfOf(record));
          }
          if (!line) expect([null, id]).toContain(selfOf(records.edge));
          expect(records.in ?? "").toBe("");
          expect(records.out ?? "").not.toContain("last");
          expect(records.res ?? "").not.toContain("pid");
          expect(markerOf(id, records.res)).toBeNull();
        }
      }),
    );
  });

  test("keep their kind and settings, and what a result shows", () => {
    const now = copy(boardOf([]), ["n0"], { x: 0, y: 500 }, "c");
    const { layers } = apply(now, repairCopies(now));
    const [copied, result] = ["n0c", "r0c"].map((id) => layers.find((each) => each.id === id)!);
    expect(JSON.parse(copied!.records.node!)).toEqual({
      ...{ v: 1, self: "n0c", kind: "image-generator" },
      cfg: { prompt: "prompt 0", params: { count: 2 } },
    });
    expect(JSON.parse(copied!.records.out!)).toEqual({ v: 1, self: "n0c", mode: "replace" });
    expect(JSON.parse(result!.records.res!)).toEqual({
      ...{ v: 1, self: "r0c", src: "n0", asset: hash, media: "image/png" },
    });
  });

  test("of two nodes and their line are joined by the line's copy, at the same input", () => {
    for (const kind of ["arrow", "connector"] as const) {
      const now = copy(boardOf([kind]), ["n0", "n1", "l0"], { x: 0, y: 500 }, "c");
      const { graph, issues } = readBoard(apply(now, repairCopies(now)), { uses: new Map() });
      const made = graph.connections.filter(({ via }) => via === "l0c");
      expect(made).toMatchObject([
        { from: { node: "n0c" }, to: { node: "n1c", port: "references" } },
      ]);
      expect(issues).toEqual([]);
    }
  });

  test("of an arrow that flows against its path flow so too", () => {
    const board = boardOf(["arrow"]);
    const turned = apply(board, [
      { layer: "l0", key: "edge", value: arrowRecord("l0", "n1", "n0", { flip: true }) },
    ]);
    const now = copy(turned, ["n0", "n1", "l0"], { x: 0, y: 500 }, "c");
    const [write] = repairCopies(now).filter(({ key }) => key === "edge");
    expect(JSON.parse(write!.value)).toMatchObject({
      src: { id: "n1c", u: 0, v: 0.8 },
      dst: { id: "n0c", u: 1, v: 0.2 },
      flip: true,
    });
  });

  test("of an arrow alone are plain arrows again", () => {
    const now = copy(boardOf(["arrow"]), ["l0"], { x: 0, y: 5_000 }, "c");
    expect(repairCopies(now)).toEqual([{ layer: "l0c", key: "edge", value: "" }]);
  });

  test("inside an instance, and records that cannot be read, are left as they are", () => {
    const records = { node: nodeRecord("other", "text") };
    const broken = { node: '{"v":1,"self":"x"}', edge: "{", res: "[]", out: "null" };
    const now = page(
      layer("I1:2;3:4", "FRAME", { records }),
      layer("5:6", "FRAME", { records: broken }),
    );
    expect(repairCopies(now)).toEqual([]);
  });
});
