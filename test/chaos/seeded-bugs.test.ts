import { spawn } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededBugs, type SeededBug } from "./seeded-bugs.ts";

const project = join(import.meta.dirname, "..", "..");
/** Below the project, so that its dependencies are found, and out of node_modules, where no types are stripped. */
const copies = join(project, "build", "seeded-bugs");
const copied = ["package.json", "plugin/domain", "server", "test/chaos", "test/helpers"];

describe("a relay with a seeded bug is found out:", () => {
  beforeAll(() => rm(copies, { recursive: true, force: true }));
  afterAll(() => rm(copies, { recursive: true, force: true }));

  test.each(seededBugs.map((bug, at) => [bug.name, bug, at] as const))(
    "%s",
    async (_name, bug, at) => {
      const folder = join(copies, String(at));
      await seed(bug, folder);
      const { code, output } = await runPrograms(folder);
      expect(output).toMatch(/^\d+ programs in /);
      expect(code).toBe(1);
    },
    120_000,
  );
});

/** A copy of the source with one mistake in it. */
async function seed(bug: SeededBug, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of copied) {
    await cp(join(project, name), join(folder, name), { recursive: true });
  }
  const path = join(folder, bug.file);
  let source = replaceOnce(await readFile(path, "utf8"), bug.find, bug.replace);
  if (bug.alsoFind !== undefined) source = replaceOnce(source, bug.alsoFind, bug.alsoReplace ?? "");
  await writeFile(path, source);
}

/** A seeded bug whose place has changed proves nothing. */
function replaceOnce(source: string, find: string, replace: string): string {
  const parts = source.split(find);
  expect(parts).toHaveLength(2);
  return parts.join(replace);
}

function runPrograms(folder: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const words = [join(folder, "test/chaos/main.ts"), "--programs", "2000", "--seed", "1"];
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (piece: Buffer) => (output += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (output += piece.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}
