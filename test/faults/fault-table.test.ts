import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { faults, type Fault } from "./fault-list.ts";
import { checkProofs, drawFaultTable } from "./fault-table.ts";

const run = promisify(execFile);
const program = join(import.meta.dirname, "write-fault-table.ts");
const held: Fault = { number: 1, what: "it breaks", applies: "yes" };
const absent: Fault = { number: 2, what: "it | rots", applies: "no", reason: "nothing is kept" };
const proof = (...numbers: number[]) => ({ file: "a.test.ts", faults: numbers, name: "mends it" });

describe("the table of faults", () => {
  test("is what the tests say: every fault that applies is proven, and no other", async () => {
    const words = [program, "--check"];
    const { stdout } = await run(process.execPath, words, { env: { PATH: process.env["PATH"] } });
    expect(stdout).toBe("");
  });

  test("has the sixty faults in order", () => {
    expect(faults.map(({ number }) => number)).toEqual(
      Array.from({ length: 60 }, (_, at) => at + 1),
    );
  });

  test("says what is missing, unknown, or listed as something else", () => {
    expect(checkProofs([held, absent], [proof(1)])).toEqual([]);
    expect(checkProofs([held, absent], [])).toEqual(["F1 applies and no test proves it."]);
    expect(checkProofs([held], [proof(1, 61)])).toEqual([
      'test/a.test.ts: "mends it" proves F61, which there is not.',
    ]);
    expect(checkProofs([held, absent], [proof(1, 2)])).toEqual([
      "F2 has a test: it is held, and listed as something else.",
    ]);
  });

  test("names the tests with their files, whatever is written in them", () => {
    const table = drawFaultTable([held, absent], [proof(1)]);
    expect(table).toContain("| F1 | it breaks | held | [a.test.ts](../a.test.ts): mends it |");
    expect(table).toContain("| F2 | it \\| rots | not applicable: nothing is kept |  |");
  });
});
