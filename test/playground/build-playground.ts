import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";
import { buildPlugin, type BuiltPlugin } from "../config/build-plugin.ts";
import { fontPath } from "../figma/host/read-font.ts";
import { interWeights } from "../figma/model/font-metrics.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const page = fileURLToPath(new URL("./page/", import.meta.url));
const nodeHost = fileURLToPath(new URL("../figma/host/", import.meta.url));

/** The folder that the relay serves the playground from. */
export const playgroundFolder: string = join(project, "build/playground");

/** Writes the playground into a folder: its page, the plugin's files as they were built, and Inter. */
export async function buildPlayground(folder: string, plugin: BuiltPlugin): Promise<void> {
  await bundle(folder);
  await Promise.all([
    writeFile(join(folder, "plugin-manifest.json"), JSON.stringify(plugin.manifest)),
    writeFile(join(folder, "plugin-main.js"), plugin.mainCode),
    writeFile(join(folder, "plugin-ui.js"), plugin.uiCode),
    ...interWeights.map((weight) =>
      copyFile(fontPath(weight), join(folder, `Inter_${weight}.ttf`)),
    ),
  ]);
}

async function bundle(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: page,
    base: "/playground/",
    logLevel: "warn",
    plugins: [swapHost, dropVariants],
    resolve: { alias: { "#domain": join(project, "plugin/domain") } },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2023",
      // The prelude of the plugin's world is handed over as the text of a function: it stays as it is.
      minify: false,
      assetsInlineLimit: 0,
      modulePreload: false,
      chunkSizeWarningLimit: 4_000,
      rolldownOptions: {
        input: { index: join(page, "index.html"), "panel-frame": join(page, "panel-frame.html") },
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "[name].js",
          assetFileNames: "[name][extname]",
        },
      },
    },
  });
}

/** The stand-in's host parts are Node's; the page has its own of the same names. */
const swapHost: Plugin = {
  name: "swap-host",
  enforce: "pre",
  async resolveId(source, importer) {
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    return resolved?.id.startsWith(nodeHost) === true
      ? join(page, "host", resolved.id.slice(nodeHost.length))
      : null;
  },
};

/** QuickJS comes in four variants of up to 1.5 MB; the stand-in uses one. */
const dropVariants: Plugin = {
  name: "drop-variants",
  enforce: "pre",
  resolveId: (source) =>
    /^@jitl\/quickjs-wasmfile-(debug-|release-asyncify)/.test(source) ? "\0no-variant" : null,
  load: (id) => (id === "\0no-variant" ? "export default null" : null),
};

if (import.meta.main) await buildPlayground(playgroundFolder, await buildPlugin());
