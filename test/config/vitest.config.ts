import { defineConfig } from "vitest/config";
import { ClosingLineReporter } from "./closing-line-reporter.ts";

/** Every test below test/, run on the project's own Node. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    environment: "node",
    reporters: ["default", new ClosingLineReporter()],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
