import { access, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { readReadme, readmeUrl, withTables } from "./readme-tables.ts";

describe("the README", () => {
  test("has the lists that the program has (npm run readme writes them)", async () => {
    const readme = await readReadme();
    expect(readme).toBe(withTables(readme));
  });

  test("names only commands that are there", async () => {
    const readme = await readReadme();
    const url = new URL("../../package.json", import.meta.url);
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await readFile(url, "utf8")));
    const named = [...readme.matchAll(/npm run (?:--silent )?([a-z][a-z:-]*)/g)].map(
      ([, name]) => name,
    );
    expect(named.filter((name) => name !== undefined && !(name in scripts))).toEqual([]);
    expect(named.length).toBeGreaterThan(3);
  });

  test("shows pictures that are there", async () => {
    const pictures = [...(await readReadme()).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)];
    for (const [, path] of pictures) await access(new URL(path ?? "", readmeUrl));
    expect(pictures).toHaveLength(1);
  });
});
