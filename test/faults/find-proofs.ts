import { glob, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { createVitest, type TestCase, type TestSuite } from "vitest/node";

/** A test, or a group of them, whose name begins with the faults that it proves. */
export interface Proof {
  /** Relative to test/. */
  readonly file: string;
  readonly faults: readonly number[];
  /** Its name without the numbers, behind those of the groups around it. */
  readonly name: string;
}

const tests = join(import.meta.dirname, "..");
const numbered = /^F\d+(?:, F\d+)*: /;
const mentioned = /["'`]F\d+(?:, F\d+)*: /;

/**
 * Every test below test/ that proves faults, by Vitest's static reading: nothing is run. Suites that
 * several test files share are read where they are written.
 */
export async function findProofs(): Promise<Proof[]> {
  const files: string[] = [];
  for await (const file of glob("**/*.ts", { cwd: tests })) {
    if (mentioned.test(await readFile(join(tests, file), "utf8"))) files.push(join(tests, file));
  }
  const vitest = await createVitest({
    config: join(tests, "config/vitest.config.ts"),
    watch: false,
    reporters: [],
  });
  try {
    const project = vitest.getRootProject();
    const modules = await vitest.parseSpecifications(
      files.sort().map((file) => project.createSpecification(file)),
    );
    const proofs = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) =>
        proofOf(relative(tests, module.moduleId), test),
      ),
    );
    // Many tests of one group are one proof.
    return [...new Map(proofs.map((proof) => [JSON.stringify(proof), proof])).values()];
  } finally {
    await vitest.close();
  }
}

function proofOf(file: string, test: TestCase): Proof[] {
  const around: (TestCase | TestSuite)[] = [];
  for (let at = test.parent; at.type !== "module"; at = at.parent) around.unshift(at);
  const names = [...around, test].map(({ name }) => name);
  return names.flatMap((name, at) => {
    const prefix = numbered.exec(name)?.[0];
    if (prefix === undefined) return [];
    const faults = [...prefix.matchAll(/\d+/g)].map(([number]) => Number(number));
    const path = names.slice(0, at + 1).map((each) => each.replace(numbered, ""));
    return { file, faults, name: path.join(", ") };
  });
}
