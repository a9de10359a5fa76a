import fc from "fast-check";
import { expect, test } from "vitest";
import { readRestFile } from "../../server/figma/read-rest-file.ts";
import { exportDocument } from "../figma/rest/export-document.ts";
import { followBoard, readBoard, type BoardCopy } from "./board-copy.ts";
import { comparable, expectedOf } from "./comparable-facts.ts";
import { openPlugin } from "./open-plugin.ts";
import { arbitraryEdits, drawBoard, makeEdit, type Edit } from "./random-edits.ts";

/** What the plugin told while people edited, what it reads afterwards, and what REST tells. */
async function edit(editor: "figma" | "figjam", edits: readonly Edit[], seed: number) {
  const { standIn, window, panel } = await openPlugin({ editor, seed });
  try {
    drawBoard(standIn);
    const before = Math.floor(edits.length / 3);
    for (const each of edits.slice(0, before)) await makeEdit(standIn, each);
    const told = await readBoard(panel);
    followBoard(panel, told);
    for (const each of edits.slice(before)) await makeEdit(standIn, each);
    await standIn.clock.advance(1_200);
    const copy = new Map(told);
    const read = await readBoard(panel);
    const rest = readRestFile(JSON.stringify(exportDocument(standIn.document)));
    const page = rest.kind === "pages" ? rest.pages[0]! : null;
    return { told: copy, read, rest: expectedOf(page!), errors: window.errors };
  } finally {
    standIn.dispose();
  }
}

const sorted = (board: BoardCopy) => Object.fromEntries([...board].sort());
const withoutRecords = (board: BoardCopy) =>
  new Map([...board].map(([id, layer]) => [id, { ...layer, records: {} }]));

test.each(["figjam", "figma"] as const)(
  "%s: what was told change by change is what a new read finds, and what REST tells",
  async (editor) => {
    await fc.assert(
      fc.asyncProperty(arbitraryEdits, fc.nat(1_000), async (edits, seed) => {
        const { told, read, rest, errors } = await edit(editor, edits, seed);
        expect(errors).toEqual([]);
        expect(sorted(told)).toEqual(sorted(read));
        expect(comparable(withoutRecords(read), rest)).toEqual(
          comparable(withoutRecords(rest), rest),
        );
      }),
      { numRuns: 15, endOnFailure: true },
    );
  },
  120_000,
);
