import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rolldown } from "vite";
import { fontPath } from "../../figma/host/read-font.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));

/** create-figma-plugin's build marks style sheets for the whole page with "!". */
const wholePageStyles: Plugin = {
  name: "whole-page-styles",
  enforce: "pre",
  resolveId(source, importer) {
    if (!source.startsWith("!")) return null;
    return this.resolve(source.slice(1), importer, { skipSelf: true });
  },
};

/** The page that shows the panel in each made-up state, as one file of HTML. */
export async function buildPreview(): Promise<string> {
  const { code, styles } = await bundle("test/ui/preview/page/preview.tsx");
  const theme = await readFile(
    join(project, "node_modules/@create-figma-plugin/ui/lib/css/theme.css"),
    "utf8",
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Panel</title>
<style>${await fontFaces()}${theme}</style><style>${styles}</style></head>
<body class="theme-figma"><div id="create-figma-plugin"></div>
<script>${code.replaceAll("</script", "<\\/script")}</script></body></html>`;
}

/** A module of this project with all that it imports: minified code and styles. */
export async function bundle(input: string): Promise<{ code: string; styles: string }> {
  const built = await build({
    configFile: false,
    root: project,
    logLevel: "error",
    plugins: [wholePageStyles],
    resolve: { alias: { "#domain": join(project, "plugin/domain") } },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      write: false,
      target: "es2022",
      rolldownOptions: { input: join(project, input), output: { format: "iife" } },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput;
  const code = output.flatMap((file) => (file.type === "chunk" ? [file.code] : [])).join("\n");
  const styles = output.flatMap((file) =>
    file.type === "asset" && file.fileName.endsWith(".css") ? [String(file.source)] : [],
  );
  return { code, styles: styles.join("\n") };
}

async function fontFaces(): Promise<string> {
  const weights = ["400Regular", "500Medium", "600SemiBold"];
  const faces = await Promise.all(
    weights.map(async (weight) => {
      const bytes = await readFile(fontPath(weight));
      const source = `url(data:font/ttf;base64,${bytes.toString("base64")})`;
      return `@font-face{font-family:Inter;font-weight:${parseInt(weight, 10)};src:${source}}`;
    }),
  );
  return faces.join("");
}
