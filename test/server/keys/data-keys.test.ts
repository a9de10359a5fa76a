import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDataKeys, type DataKeySource } from "../../../server/keys/data-keys.ts";
import { takeKeyVariables } from "../../../server/keys/take-key-variables.ts";

const random = (bytes: number) => new Uint8Array(randomBytes(bytes));
const newKey = () => randomBytes(32).toString("base64");
const open = (source: DataKeySource) => openDataKeys(source, random);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-data-key-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const path = () => join(folder, "config", "spaces-for-figma", "data-key");
const ownFile = () => open({ kind: "own-file", path: path() });

describe("a data key in a file of our own", () => {
  test("is made with the first key, for its owner's eyes alone, and is the same from then on", async () => {
    expect(await ownFile().read()).toBeNull();
    const made = await Promise.all(Array.from({ length: 8 }, () => ownFile().ensure()));
    expect(
      new Set(made.map((keys) => Buffer.from(keys.byVersion.get(1)!).toString("hex"))).size,
    ).toBe(1);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect((await stat(join(path(), ".."))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(path(), ".."))).toEqual(["data-key"]);
    expect(await ownFile().read()).toEqual(made[0]);
  });

  test("is rotated: a new one seals, the one before still opens, older ones are gone", async () => {
    const first = await ownFile().ensure();
    const second = await ownFile().rotate();
    const third = await ownFile().rotate();
    expect([...second.byVersion.keys()]).toEqual([2, 1]);
    expect(second.byVersion.get(1)).toEqual(first.byVersion.get(1));
    expect([...third.byVersion.keys()]).toEqual([3, 2]);
    expect((await ownFile().read())?.byVersion.get(3)).toEqual(
      Buffer.from(third.byVersion.get(3)!),
    );
    expect((await stat(path())).mode & 0o777).toBe(0o600);
  });
});

describe("a data key that is given", () => {
  test("is read from a text or a file, with the one before it", async () => {
    const [now, before] = [newKey(), newKey()];
    const file = join(folder, "key");
    await writeFile(file, `5:${now}\n4:${before}\n`, { mode: 0o600 });
    for (const source of [
      { kind: "text", text: `5:${now},4:${before}` },
      { kind: "file", path: file },
    ] as const) {
      const keys = await open(source).ensure();
      expect(keys.version).toBe(5);
      expect(keys.byVersion.get(4)).toEqual(Buffer.from(before, "base64"));
      await expect(open(source).rotate()).rejects.toThrow('put "6:" and 32 new bytes');
    }
    expect((await open({ kind: "text", text: now }).ensure()).version).toBe(1);
    expect(await readFile(file, "utf8")).toBe(`5:${now}\n4:${before}\n`);
  });

  test.each([
    "",
    "short",
    newKey().slice(4),
    `1:${newKey()},1:${newKey()}`,
    `0:${newKey()}`,
    `${newKey()},3:x`,
  ])("is refused when it is none, without a word of it: %s", async (text) => {
    const refusal = await open({ kind: "text", text })
      .ensure()
      .catch((error: unknown) => String(error));
    expect(refusal).toContain("SPACES_KEY has to hold 32 bytes in base64");
    if (text !== "") expect(refusal).not.toContain(text);
  });

  test("is refused in a file that others can read, and in one that is not there", async () => {
    const file = join(folder, "key");
    await writeFile(file, newKey());
    await chmod(file, 0o640);
    await expect(open({ kind: "file", path: file }).ensure()).rejects.toThrow("chmod 600");
    await expect(open({ kind: "file", path: `${file}2` }).ensure()).rejects.toThrow(
      "cannot be read",
    );
  });
});

describe("the environment", () => {
  const take = (variables: Record<string, string | undefined>) =>
    takeKeyVariables({ variables, home: "/home/ana", folder: "/home/ana/.spaces-for-figma" });

  test("gives up every key that it holds", () => {
    const variables = {
      OPENAI_API_KEY: " sk-0123456789abcdef ",
      GEMINI_API_KEY: "",
      GOOGLE_API_KEY: "AIza-0123456789abcdef",
      SPACES_KEY: newKey(),
      PATH: "/bin",
    };
    const { environment, dataKey } = take(variables);
    expect([...environment]).toEqual([
      ["openai", "sk-0123456789abcdef"],
      ["google", "AIza-0123456789abcdef"],
    ]);
    expect(dataKey.kind).toBe("text");
    expect(variables).toEqual({ PATH: "/bin" });
  });

  test("names the variable that holds no key, and not what it holds", () => {
    expect(() => take({ FAL_KEY: "two words that are no key" })).toThrow(/^FAL_KEY holds no key\./);
    expect(() => take({ FAL_KEY: "two words that are no key" })).not.toThrow("words that");
  });

  test("says where the settings are; the data key never lies in the data", () => {
    expect(take({}).dataKey).toEqual({
      kind: "own-file",
      path: "/home/ana/.config/spaces-for-figma/data-key",
    });
    const stated = { XDG_CONFIG_HOME: "/etc/ana" };
    expect(take(stated).dataKey).toMatchObject({ path: "/etc/ana/spaces-for-figma/data-key" });
    expect(take({ XDG_CONFIG_HOME: "relative" }).dataKey).toMatchObject({
      path: "/home/ana/.config/spaces-for-figma/data-key",
    });
    expect(take({ XDG_CONFIG_HOME: "/home/ana/.spaces-for-figma" }).dataKey.kind).toBe("none");
    expect(take({ SPACES_KEY_FILE: "/run/key" }).dataKey).toEqual({
      kind: "file",
      path: "/run/key",
    });
  });
});
