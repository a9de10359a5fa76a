import { describe, expect, test } from "vitest";
import { readBoard } from "#domain/read-board";
import { readBoard as readPage } from "../plugin/board-copy.ts";
import { openPlugin } from "../plugin/open-plugin.ts";
import { createDesk } from "./boards/desk.ts";
import { exampleBoards } from "./boards/index.ts";

/** An example as the plugin draws it, and as it reads it again. */
async function readExample(id: string) {
  const example = exampleBoards.find((one) => one.id === id)!;
  const { standIn, window, panel } = await openPlugin({ editor: example.editor });
  await example.draw(createDesk(standIn.user, (name, ask) => panel.ask(name, ask)));
  expect([window.errors, window.refusals, window.unsupported]).toEqual([[], [], []]);
  const { id: page, values } = standIn.user.person.page;
  const layers = [...(await readPage(panel)).values()];
  const board = readBoard({ id: page, name: values.name, layers }, { uses: new Map() });
  const titles = new Map(board.graph.nodes.map(({ id: node, title }) => [node, title]));
  const lines = board.graph.connections.map(
    ({ from, to }) => `${titles.get(from.node)} -> ${titles.get(to.node)}`,
  );
  const suggested = board.suggestions.map(({ type }) => type);
  return { issues: board.issues, lines: lines.sort(), suggested };
}

describe("each example reads as the flow that it shows, without an issue", () => {
  test("Poster from a mood", async () => {
    expect(await readExample("poster")).toEqual({
      issues: [],
      lines: ["Mood -> Poster", "Poster -> Poster for print"],
      suggested: [],
    });
  });

  test("Product shot, enlarged: two arrows are left for a person to confirm", async () => {
    expect(await readExample("product-shot")).toEqual({
      issues: [],
      lines: ["Product shot -> Enlarge", "Product shot -> Second view"],
      suggested: ["connection", "connection"],
    });
  });

  test("Variations from feedback", async () => {
    expect(await readExample("variations")).toEqual({
      issues: [],
      lines: [
        "Brief -> Prompts from feedback",
        "Prompts from feedback -> Variations",
        "Remark of Mina -> Prompts from feedback",
        "Remark of Tom -> Prompts from feedback",
        "Scene -> Scene, each view",
        "Scene, each view -> From the right",
        "Views -> Scene, each view",
      ],
      suggested: [],
    });
  });
});
