import { availableParallelism } from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { ClosingLineReporter } from "./closing-line-reporter.ts";
import { LongFirstSequencer } from "./long-first-sequencer.ts";

// What was compiled and stripped of its types once is read by every process that the tests start.
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(
  new URL("../../node_modules/.cache/compiled/", import.meta.url),
);

/** Nothing of these outlives a test: their files share a worker, which spares loading for each. */
const pure = ["test/domain/**/*.test.ts"];

/** Every test below test/, run on the project's own Node. */
export default defineConfig({
  test: {
    environment: "node",
    reporters: ["default", new ClosingLineReporter()],
    // A hang is told by it, nothing else: at half the usual speed one test took over 30 s.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // Many tests wait for processes, browsers and databases: one more than there are cores keeps all busy.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongFirstSequencer },
    projects: [
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
      { extends: true, test: { name: "all else", include: ["test/**/*.test.ts"], exclude: pure } },
    ],
  },
});
