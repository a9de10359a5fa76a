import fc from "fast-check";
import { expect, test } from "vitest";
import { failpoints } from "../../server/failpoint.ts";
import { programArbitrary, runProgram, type Command } from "./programs.ts";
import { World } from "./world.ts";

const programs = 2_000;
/** The same programs each time; `npm run bench -- chaos` runs ten times as many, always new ones. */
const seed = 20_261_121;

test("F33: a clock that was set back by hours puts a deadline off and keeps every invariant", async () => {
  const start: Command = { do: "start", key: 0, sides: [0], isChain: false, isAgain: false };
  const trouble = { do: "trouble", side: 0, trouble: "never-done" } as const;
  await runProgram([
    trouble,
    start,
    { do: "jump", byMs: -17_521_501 },
    { do: "die" },
    { do: "trouble", side: 0, trouble: "refused" },
    start,
  ]);
});

test(
  `F8, F24, F33: ${programs} programs of starts, crashes, faults, webhooks and jumps of the clock keep every invariant`,
  async () => {
    await fc.assert(fc.asyncProperty(programArbitrary, runProgram), { numRuns: programs, seed });
    const missing = failpoints.filter((name) => !World.reached.has(name));
    expect(missing).toEqual(["afterPublish"]);
  },
  10 * 60_000,
);
