import { mkdirSync, writeFileSync } from "node:fs";
import { probeCode, probeManifest } from "./probe-code.ts";

/** Writes the probe as a plugin that Figma's "Import plugin from manifest" takes: build/probe. */
export function writeProbe(folder: URL): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL("manifest.json", folder), `${JSON.stringify(probeManifest, null, 2)}\n`);
  writeFileSync(new URL("main.js", folder), probeCode);
}

if (import.meta.main) writeProbe(new URL("../../../build/probe/", import.meta.url));
