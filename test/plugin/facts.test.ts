import { readdirSync, readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { readRestFile } from "../../server/figma/read-rest-file.ts";
import { describeShared } from "../helpers/shared-folder.ts";
import { readBoard } from "./board-copy.ts";
import { comparable, expectedOf } from "./comparable-facts.ts";
import { openPlugin, type OpenedPlugin } from "./open-plugin.ts";

/** Written by another program, and an answer of single layers: neither is a file that can be opened. */
const unlike = ["figmasharp-extension.json", "1yhy-nodes-response.json"];

const readings = ["page-and-position", "position"] as const;

let opened: OpenedPlugin | null = null;
afterEach(() => {
  opened?.standIn.dispose();
  opened = null;
});

for (const editor of ["figjam", "figma"] as const) {
  describeShared(`real files of ${editor}`, `fixtures/${editor}`, (folder) => {
    const files = readdirSync(folder).filter((name) => !unlike.includes(name));
    // Both readings of what the plugin API tells of a free end must give the same.
    const cases = files.flatMap((name) =>
      readings.map((freeConnectorEnd) => [name, freeConnectorEnd] as const),
    );
    test.each(cases)(
      "the plugin tells of %s what REST tells (free ends: %s)",
      async (name, freeConnectorEnd) => {
        const text = readFileSync(`${folder}/${name}`, "utf8");
        const rest = readRestFile(text);
        if (rest.kind === "refused") throw new Error(rest.sentence);
        const switches = { freeConnectorEnd };
        opened = await openPlugin({ editor, document: JSON.parse(text) as unknown, switches });
        const board = await readBoard(opened.panel);
        const expected = expectedOf(rest.pages[0]!);
        expect(comparable(board, expected)).toEqual(comparable(expected, expected));
        // REST told no networks of these vectors, so the stand-in has none; the plugin takes that well.
        const unsupported = new Set(opened.window.unsupported);
        unsupported.delete("VectorNode.vectorNetwork");
        expect([opened.window.errors, [...unsupported]]).toEqual([[], []]);
      },
    );
  });
}
