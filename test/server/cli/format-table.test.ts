import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCsv } from "#domain/format-csv";
import { alignColumns } from "../../../server/cli/format-table.ts";

/** Reads CSV as RFC 4180 says, one character after the other. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, isQuoted]: [string[], string, boolean] = [[], "", false];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[(at += 1)]!;
      else isQuoted = false;
    } else if (sign === '"') isQuoted = true;
    else if (sign === ",") [row, cell] = [[...row, cell], ""];
    else if (sign === "\r" && text[at + 1] === "\n") {
      rows.push([...row, cell]);
      [row, cell] = [[], ""];
      at += 1;
    } else cell += sign;
  }
  expect([row, cell, isQuoted]).toEqual([[], "", false]);
  return rows;
}

const sign = fc.constantFrom(..."=+-@\t\r\n\",;'a1é".split(""));
const cell = fc.array(sign, { maxLength: 6 }).map((signs) => signs.join(""));
const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 5 });

describe("CSV", () => {
  it("comes back cell by cell, and no cell is a formula", () => {
    fc.assert(
      fc.property(rows, (given) => {
        const read = readCsv(formatCsv(given));
        expect(read.flat().filter((text) => /^[=+\-@\t\r\n]/.test(text))).toEqual([]);
        const bare = read.map((row, at) =>
          row.map((text, place) => {
            const isFormula = /^[=+\-@\t\r\n]/.test(given[at]?.[place] ?? "");
            return isFormula ? text.replace(/^'/, "") : text;
          }),
        );
        expect(bare).toEqual(given);
      }),
      { seed: 4 },
    );
  });

  it("is plain where nothing asks for more", () => {
    expect(
      formatCsv([
        ["month", "credits"],
        ["2026-11", "5"],
      ]),
    ).toBe("month,credits\r\n2026-11,5\r\n");
    expect(formatCsv([['=1+1 "x", y']])).toBe('"\'=1+1 ""x"", y"\r\n');
  });
});

describe("a table", () => {
  it("stands in columns and leaves out one that is empty", () => {
    const lines = alignColumns([
      ["a", "", "long"],
      ["bbb", "", "c"],
    ]);
    expect(lines).toEqual(["a    long", "bbb  c"]);
  });
});
