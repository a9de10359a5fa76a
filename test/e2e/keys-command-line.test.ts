import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filesOf, findSecrets } from "../helpers/find-secrets.ts";

const program = fileURLToPath(new URL("../../server/cli.ts", import.meta.url));
const secret = "sk-canary-typed-0123456789abcdef";
const given = "xai-canary-given-0123456789WXYZ";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-keys-words-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command line as a person would, with a key in the environment and words piped in. */
function spaces(
  words: readonly string[],
  typed: string,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      env: {
        PATH: process.env["PATH"],
        HOME: join(folder, "home"),
        XDG_CONFIG_HOME: join(folder, "settings"),
        SPACES_DATA: join(folder, "data"),
        XAI_API_KEY: given,
      },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (piece: Buffer) => (said += piece.toString()));
    }
    child.stdin.end(typed);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, said }));
  });
}

test("a key is piped in, sealed under a data key outside the data, and never said again", async () => {
  const set = await spaces(["keys", "set", "openai"], `${secret}\n`);
  expect(set).toEqual({ code: 0, said: "Set: OpenAI, ends in cdef. It cannot be shown again.\n" });
  const listed = await spaces(["keys"], "");
  expect(listed.said).toMatch(/^openai +ends in cdef +set/m);
  expect(listed.said).toMatch(/^xai +ends in WXYZ +from the environment/m);
  const dataKey = join(folder, "settings", "spaces-for-figma", "data-key");
  expect((await stat(dataKey)).mode & 0o777).toBe(0o600);
  const doctor = await spaces(["doctor"], "");
  expect(doctor.said).toContain(
    `1 from the environment; those that are set are sealed under the data key in ${dataKey}`,
  );
  const refused = await spaces(["keys", "set", "openai", secret], "");
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.said).toContain("A key is not an argument");
  const [, base64 = ""] = (await readFile(dataKey, "utf8")).trim().split(":");
  const said = [set, listed, doctor, refused].map((each) => ["said", each.said] as const);
  const places = [...said, ...(await filesOf(join(folder, "data")))];
  expect(findSecrets([secret, given, base64], places)).toEqual([]);
});
