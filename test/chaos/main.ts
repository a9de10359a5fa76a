import process from "node:process";
import { parseArgs } from "node:util";
import { checkPrograms } from "./check-programs.ts";

// Runs programs as a process of its own: exit 0 when every invariant held, 1 with the first that did not.

const { values } = parseArgs({
  options: { programs: { type: "string", default: "2000" }, seed: { type: "string" } },
});
const seed = values.seed === undefined ? undefined : Number(values.seed);
const { programs, seconds, broken } = await checkPrograms(Number(values.programs), seed);
process.stdout.write(
  `${programs} programs in ${seconds.toFixed(1)} s: ${broken ?? "every invariant held"}\n`,
);
process.exitCode = broken === null ? 0 : 1;
