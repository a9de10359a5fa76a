import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Folders whose files wait for processes, browsers, databases or thousands of programs, the longest
 * first. A file that begins last keeps one worker busy while the others have nothing left to do.
 */
const longest = [
  "/test/e2e/kill-",
  "/test/chaos/",
  "/test/e2e/",
  "/test/server/run/",
  "/test/server/local/",
  "/test/server/store/",
  "/test/plugin/",
  "/test/ui/panel/",
];

/** Begins with the long tests, within a folder as Vitest would: on a fresh clone it knows sizes alone. */
export class LongFirstSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((part) => moduleId.includes(part));
  return at === -1 ? longest.length : at;
}
