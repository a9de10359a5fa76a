import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pid } from "node:process";
import { fileURLToPath } from "node:url";
import type typescript from "typescript";

const folder = fileURLToPath(
  new URL("../../../node_modules/.cache/exposed-promises/", import.meta.url),
);
const load = createRequire(import.meta.url);
/** What this process has seen, by what it was. */
const seen = new Map<string, string>();

/**
 * The same code with async functions written as generators over the global Promise. QuickJS tells
 * nobody of a rejection without a handler; over a Promise of ours it can be seen. Behaviour stays,
 * line numbers inside one statement may shift. Code without async functions is left as it is.
 * Large code is rewritten once and kept in a file: rewriting the plugin takes longer than most of
 * its tests, and even the compiler is loaded only when it is needed.
 */
export function exposePromises(code: string): string {
  if (!/\basync\b/.test(code)) return code;
  const exposed = seen.get(code) ?? (code.length < longCode ? rewrite(code) : readOrRewrite(code));
  seen.set(code, exposed);
  return exposed;
}

/** From this many characters on a rewritten code is kept in a file. */
const longCode = 50_000;

function readOrRewrite(code: string): string {
  const { version } = load("typescript/package.json") as { readonly version: string };
  const hash = createHash("sha256").update(`${version}\n${code}`).digest("hex").slice(0, 20);
  const file = `${folder}${hash}.js`;
  if (existsSync(file)) return readFileSync(file, "utf8");
  const exposed = rewrite(code);
  mkdirSync(folder, { recursive: true });
  // Test files run beside each other: whoever reads it finds it whole.
  writeFileSync(`${file}.${pid}`, exposed);
  renameSync(`${file}.${pid}`, file);
  return exposed;
}

function rewrite(code: string): string {
  const { transpileModule, ScriptTarget, ModuleKind, NewLineKind } = load(
    "typescript",
  ) as typeof typescript;
  return transpileModule(code, {
    compilerOptions: {
      target: ScriptTarget.ES2016,
      module: ModuleKind.ESNext,
      alwaysStrict: false,
      removeComments: false,
      newLine: NewLineKind.LineFeed,
    },
  }).outputText;
}
