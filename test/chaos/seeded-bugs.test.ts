import { spawn } from "node:child_process";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededBugs, type SeededBug } from "./seeded-bugs.ts";

const project = join(import.meta.dirname, "..", "..");
/** Below the project, so that its dependencies are found, and out of node_modules, where no types are stripped. */
const copy = join(project, "build", "seeded-bugs");
const copied = ["package.json", "plugin/domain", "server", "test/chaos", "test/helpers"];

describe("a relay with a seeded bug is found out:", () => {
  beforeAll(copyProject);
  afterAll(() => rm(copy, { recursive: true, force: true }));

  test.each(seededBugs.map((bug) => [bug.name, bug] as const))(
    "%s",
    async (_name, bug) => {
      const path = join(copy, bug.file);
      const sound = await readFile(path, "utf8");
      await writeFile(path, seed(sound, bug));
      const { code, output } = await runPrograms();
      await writeFile(path, sound);
      expect(output).toMatch(/^\d+ programs in /);
      expect(code).toBe(1);
    },
    120_000,
  );
});

/** One copy for all: what no bug changes is compiled once. */
async function copyProject(): Promise<void> {
  await rm(copy, { recursive: true, force: true });
  for (const name of copied) {
    await cp(join(project, name), join(copy, name), { recursive: true });
  }
}

/** The source with one mistake in it. */
function seed(sound: string, bug: SeededBug): string {
  const source = replaceOnce(sound, bug.find, bug.replace);
  if (bug.alsoFind === undefined) return source;
  return replaceOnce(source, bug.alsoFind, bug.alsoReplace ?? "");
}

/** A seeded bug whose place has changed proves nothing. */
function replaceOnce(source: string, find: string, replace: string): string {
  const parts = source.split(find);
  expect(parts).toHaveLength(2);
  return parts.join(replace);
}

function runPrograms(): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const words = [join(copy, "test/chaos/main.ts"), "--programs", "2000", "--seed", "2"];
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (piece: Buffer) => (output += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (output += piece.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}
