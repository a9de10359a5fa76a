import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readBoard } from "#domain/read-board";
import { readRestFile } from "../../server/figma/read-rest-file.ts";
import { describeShared } from "../helpers/shared-folder.ts";

interface Raw {
  readonly id: string;
  readonly type: string;
  readonly connectorStart?: RawEnd;
  readonly connectorEnd?: RawEnd;
  readonly children?: readonly Raw[];
  readonly document?: Raw;
  readonly nodes?: Readonly<Record<string, { readonly document: Raw }>>;
}
interface RawEnd {
  readonly endpointNodeId?: string;
  readonly position?: unknown;
}

/** Counts connectors over the bare JSON, by no code of ours: free ends name a page or hold a position in what is around. */
function countConnectors(root: Raw) {
  const counts = { all: 0, bound: 0, self: 0, free: 0 };
  const types = new Map<string, string>();
  const walk = (
    raw: Raw,
    around: readonly string[],
    visit: (raw: Raw, around: readonly string[]) => void,
  ) => {
    visit(raw, around);
    for (const child of raw.children ?? []) walk(child, [raw.id, ...around], visit);
  };
  walk(root, [], (raw) => types.set(raw.id, raw.type));
  walk(root, [], (raw, around) => {
    if (raw.type !== "CONNECTOR") return;
    counts.all += 1;
    const isFree = (end: RawEnd | undefined) => {
      const id = end?.endpointNodeId ?? "";
      const type = types.get(id);
      return (
        type === undefined ||
        type === "CANVAS" ||
        (end?.position !== undefined && around.includes(id))
      );
    };
    if (isFree(raw.connectorStart) || isFree(raw.connectorEnd)) counts.free += 1;
    else if (raw.connectorStart?.endpointNodeId === raw.connectorEnd?.endpointNodeId)
      counts.self += 1;
    else counts.bound += 1;
  });
  return counts;
}

function readAll(file: string) {
  const read = readRestFile(readFileSync(file, "utf8"));
  if (read.kind === "refused") throw new Error(read.sentence);
  return read.pages.map((page) => readBoard(page, { uses: new Map() }));
}

function rootsOf(raw: Raw): Raw[] {
  return raw.nodes ? Object.values(raw.nodes).map((node) => node.document) : [raw.document ?? raw];
}

function readRaw(file: string): Raw {
  return JSON.parse(readFileSync(file, "utf8")) as Raw;
}

describeShared("real Figma and FigJam files", "fixtures", (folder) => {
  const files = ["figjam", "figma"].flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => join(folder, name, file)),
  );

  test.each(files)("%s is read as an independent count says", (file) => {
    const counts = rootsOf(readRaw(file))
      .map(countConnectors)
      .reduce((one, other) => ({
        all: one.all + other.all,
        bound: one.bound + other.bound,
        self: one.self + other.self,
        free: one.free + other.free,
      }));
    const lines = readAll(file).flatMap((board) =>
      board.lines.filter((line) => line.kind === "connector"),
    );
    const count = (status: string) => lines.filter((line) => line.status === status).length;
    const told = {
      all: lines.length,
      bound: count("bound"),
      self: count("self"),
      free: count("floating"),
    };
    expect(told).toEqual(counts);
  });

  test("the payments board of 2024-04-04 has the known numbers", () => {
    const board = readRaw(join(folder, "figjam", "estridi-payments-2024-04-04.json"));
    expect(countConnectors(board)).toEqual({ all: 642, bound: 593, self: 1, free: 48 });
  });
});
