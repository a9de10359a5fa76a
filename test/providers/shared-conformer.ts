import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Arrived } from "../helpers/fault-server.ts";
import { describeShared } from "../helpers/shared-folder.ts";
import { openApiConformer, type Conformer } from "./conformer.ts";
import type { Json, JsonRecord } from "./normalize-schema.ts";

/** A vendor's specification in the shared folder, and a request that it must flag. */
export interface SharedSpecification {
  readonly file: string;
  readonly prefix?: string;
  readonly patch?: (document: JsonRecord) => JsonRecord;
  readonly flagged: Pick<Arrived, "method" | "path"> & { readonly body: Json };
}

/**
 * The judge of a specification, made when it is first asked for; null where the folder is missing, which
 * is printed once. A test of its own sees to it that the judge is not silent.
 */
export function sharedConformer(
  specification: SharedSpecification,
): (() => Promise<Conformer>) | null {
  const { file, prefix, patch, flagged } = specification;
  const part = `specs/${file}`;
  let known: Promise<Conformer> | null = null;
  const open = () => {
    known ??= Promise.resolve(openApiConformer(readJson(pathOf(part)), prefix, patch));
    return known;
  };
  describeShared(`The specification ${file}`, part, () => {
    test("flags a request that it must flag", async () => {
      const conformer = await open();
      const faults = await conformer.check({
        method: flagged.method,
        path: flagged.path,
        headers: { "content-type": "application/json" },
        body: JSON.stringify(flagged.body),
      });
      expect(faults).not.toEqual([]);
    });
  });
  return existsSync(pathOf(part)) ? open : null;
}

function pathOf(part: string): string {
  return fileURLToPath(new URL(`../../../shared/${part}`, import.meta.url));
}

function readJson(path: string): Json {
  // YAML 1.2 holds JSON; the files are large, and JSON.parse is quicker.
  const text = readFileSync(path, "utf8");
  const read: unknown = path.endsWith(".json") ? JSON.parse(text) : parse(text);
  return read as Json;
}
