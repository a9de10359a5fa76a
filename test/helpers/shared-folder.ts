import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";

const folder = fileURLToPath(new URL("../../../shared/", import.meta.url));

/** Tests that read a part of the shared folder; without it they are skipped with one printed line. */
export function describeShared(name: string, part: string, tests: (folder: string) => void): void {
  const path = `${folder}${part}`;
  if (existsSync(path)) {
    describe(name, () => tests(path));
    return;
  }
  process.stdout.write(`Skipped "${name}": there is no ${path}\n`);
  // The tests themselves read while they are collected, which even skipped ones are.
  test.skip(name);
}
