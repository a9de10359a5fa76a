import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

/** Beside the dependencies, where only whoever may change the program writes. */
const folder = fileURLToPath(new URL("../node_modules/.cache/compiled/", import.meta.url));

/**
 * Lets what this process and its workers load from now on be compiled, and stripped of its types, once
 * for all later ones: a process starts in half the time. Without a place to write to it is as it was
 * (https://nodejs.org/docs/latest-v24.x/api/module.html#module-compile-cache).
 */
export function keepCompiled(variables: Record<string, string | undefined>): void {
  // Workers read it there.
  variables["NODE_COMPILE_CACHE"] ??= folder;
  enableCompileCache(variables["NODE_COMPILE_CACHE"]);
}
