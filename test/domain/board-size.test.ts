import { describe, expect, test } from "vitest";
import type { LayerFacts, PageFacts } from "#domain/layer";
import type { NodeType } from "#domain/nodes/index";
import { readBoard } from "#domain/read-board";
import { countReads } from "../helpers/count-reads.ts";
import { arrow, connector, layer, nodeRecord, page, sticky } from "../helpers/build-board.ts";

const count = 10_000;
/** Looks at the facts of a layer; looking at all pairs of layers would be ten thousand for each. */
const mostReads = 200;

function readOnce(facts: PageFacts, uses: ReadonlyMap<string, NodeType> = new Map()) {
  const { things, reads } = countReads(facts.layers);
  const board = readBoard({ ...facts, layers: things }, { uses });
  expect(reads()).toBeLessThan(mostReads * count);
  return board;
}

const ids = Array.from({ length: count / 2 }, (_, at) => at);

describe("a board of 10,000 layers is read without looking at all pairs", () => {
  test("with a connector or a drawn arrow from each layer to the next", () => {
    const at = (index: number) => ({ x: (index % 100) * 300, y: Math.floor(index / 100) * 300 });
    const stickies = ids.map((index) => sticky(`s${index}`, "text", at(index)));
    const lines = ids.map((index) => {
      const next = ids[index + 1] ?? 0;
      const middle = (one: number) => ({ x: at(one).x + 50, y: at(one).y + 50 });
      return index % 2 === 0
        ? connector(`l${index}`, `s${index}`, `s${next}`)
        : arrow(`l${index}`, [middle(index), middle(next)]);
    });
    const board = readOnce(page(...stickies, ...lines));
    expect(board.lines.filter(({ status }) => status === "bound")).toHaveLength(count / 2);
  });

  test("one inside the other, with a connector at each level", () => {
    const layers = ids.flatMap((index): LayerFacts[] => {
      const parent = index === 0 ? "page" : `f${index - 1}`;
      const line = connector(`l${index}`, { x: 50, y: 50 }, `f${index}`, { parent: `f${index}` });
      return [layer(`f${index}`, "FRAME", { parent }), line];
    });
    expect(readOnce(page(...layers)).lines).toHaveLength(count / 2);
  });

  test("with every arrow into one node", () => {
    const uses = new Map<string, NodeType>(
      ids.slice(0, 1_999).map((index) => [`s${index}`, "text"]),
    );
    const stickies = ids.map((index) => sticky(`s${index}`, "text", { x: index * 200, y: 0 }));
    const records = { node: nodeRecord("all", "image-generator") };
    const lines = ids.map((index) => connector(`l${index}`, `s${index}`, "all"));
    const facts = page(layer("all", "FRAME", { records }), ...stickies, ...lines);
    expect(readOnce(facts, uses).graph.connections).toHaveLength(1_999);
  });

  test("of which only as many are nodes as a graph may have, and says so", () => {
    const uses = new Map<string, NodeType>(ids.map((index) => [`s${index}`, "text"]));
    const board = readOnce(page(...ids.map((index) => sticky(`s${index}`, "text"))), uses);
    expect(board.graph.nodes).toHaveLength(2_000);
    expect(board.issues.map(({ code }) => code)).toEqual(["limit"]);
  });
});
