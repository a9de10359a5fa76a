import fc from "fast-check";
import { programArbitrary, runProgram } from "./programs.ts";

/** How a number of programs came out. */
export interface CheckedPrograms {
  readonly programs: number;
  readonly seconds: number;
  /** The first invariant that did not hold, with how to see it again; null when all held. */
  readonly broken: string | null;
}

/** Runs so many programs, until the first in which an invariant does not hold. */
export async function checkPrograms(count: number, seed?: number): Promise<CheckedPrograms> {
  const startedMs = performance.now();
  const checked = await fc.check(fc.asyncProperty(programArbitrary, runProgram), {
    numRuns: count,
    endOnFailure: true,
    ...(seed !== undefined && { seed }),
  });
  const seconds = (performance.now() - startedMs) / 1_000;
  const path = checked.counterexamplePath ?? "";
  const broken = checked.failed
    ? `${String(checked.errorInstance)} (seed ${checked.seed}, path ${path})`
    : null;
  return { programs: checked.numRuns, seconds, broken };
}
