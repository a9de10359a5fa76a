import * as z from "zod/mini";
import { readManifest, type Manifest } from "../../figma/manifest.ts";
import { here } from "./here.ts";

/** The plugin as it was built. */
export interface PluginFiles {
  readonly manifest: Manifest;
  readonly mainCode: string;
  readonly uiCode: string;
}

const manifestSchema = z.looseObject({
  networkAccess: z.optional(z.looseObject({ devAllowedDomains: z.optional(z.array(z.string())) })),
});

/** Fetches the plugin's own files, unchanged, from beside the page. */
export async function fetchPlugin(): Promise<PluginFiles> {
  const [manifest = "", mainCode = "", uiCode = ""] = await Promise.all(
    ["plugin-manifest.json", "plugin-main.js", "plugin-ui.js"].map(fetchText),
  );
  return { manifest: readManifest(withThisRelay(JSON.parse(manifest))), mainCode, uiCode };
}

/** The relay that serves this page may listen on another port than the one the manifest names. */
function withThisRelay(value: unknown): unknown {
  const manifest = manifestSchema.parse(value);
  const access = manifest.networkAccess;
  if (access === undefined) return manifest;
  const relay = `http://localhost:${location.port}`;
  const devAllowedDomains = [...new Set([...(access.devAllowedDomains ?? []), relay])];
  return { ...manifest, networkAccess: { ...access, devAllowedDomains } };
}

async function fetchText(file: string): Promise<string> {
  const response = await fetch(here + file);
  if (!response.ok) throw new Error(`The plugin's file ${file} is not there; build it first.`);
  return await response.text();
}
