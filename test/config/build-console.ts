import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const project = fileURLToPath(new URL("../../", import.meta.url));

/** Writes the console into a folder: its page, its code and styles, and Inter. */
export async function buildConsole(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: join(project, "ui/console"),
    base: "/console/",
    logLevel: "error",
    resolve: { alias: { "#domain": join(project, "plugin/domain") } },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2023",
      // The policy of the page lets in files of its own and nothing that is written into them.
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: {
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "[name].js",
          assetFileNames: "[name][extname]",
        },
      },
    },
  });
}

if (import.meta.main) await buildConsole(join(project, "build/console"));
