import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const cache = `${root}node_modules/.cache/spaces-plugin/`;
const builder = `${root}node_modules/@create-figma-plugin/build/lib/cli.js`;
/** All that the bundles and the manifest are made of. */
const sources = [
  "plugin",
  "ui",
  "package.json",
  "package-lock.json",
  "build-figma-plugin.main.js",
  "build-figma-plugin.ui.js",
  "test/config/less-zod.ts",
  "build-figma-plugin.manifest.js",
];

/** What this process has built: it tests one state of the sources, whatever is written meanwhile. */
const built = new Map<string, Promise<BuiltPlugin>>();

/** The plugin as it is handed to Figma. */
export interface BuiltPlugin {
  readonly manifest: unknown;
  readonly mainCode: string;
  readonly uiCode: string;
}

/**
 * Builds the plugin as `npm run build` does, once for each state of its sources, and reads it.
 * `relay`: the shared relay of a team's build (SPACES_RELAY).
 */
export function buildPlugin(relay = ""): Promise<BuiltPlugin> {
  const plugin = built.get(relay) ?? readOrBuild(relay);
  built.set(relay, plugin);
  return plugin;
}

async function readOrBuild(relay: string): Promise<BuiltPlugin> {
  const folder = `${cache}${await hashSources(relay)}/`;
  if (!existsSync(folder)) await buildInto(folder, relay);
  const [manifest, mainCode, uiCode] = await Promise.all(
    ["manifest.json", "build/main.js", "build/ui.js"].map((file) => {
      return readFile(`${folder}${file}`, "utf8");
    }),
  );
  return { manifest: JSON.parse(manifest!) as unknown, mainCode: mainCode!, uiCode: uiCode! };
}

async function hashSources(relay: string): Promise<string> {
  const hash = createHash("sha256").update(relay);
  for (const source of sources) {
    for (const file of await listFiles(source)) {
      hash.update(`\n${file}\n`).update(await readFile(`${root}${file}`));
    }
  }
  return hash.digest("hex").slice(0, 20);
}

async function listFiles(source: string): Promise<string[]> {
  if (/\.[a-z]+$/.test(source)) return [source];
  const entries = await readdir(`${root}${source}`, { recursive: true, withFileTypes: true });
  // The build writes declarations of styles beside them.
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".css.d.ts"));
  return files.map(({ parentPath, name }) => `${parentPath}/${name}`.slice(root.length)).sort();
}

/** Test files run beside each other: each builds in a folder of its own, and the first one stays. */
async function buildInto(folder: string, relay: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${cache}draft-`);
  const env = { ...process.env, SPACES_RELAY: relay };
  const words = [builder, "--minify", "--output", draft];
  try {
    await promisify(execFile)(process.execPath, words, { cwd: root, env });
    await rename(draft, folder);
  } catch (error) {
    // Somebody else was first.
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

if (import.meta.main) await buildPlugin();
