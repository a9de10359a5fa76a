import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkLedger } from "../../server/store/check-ledger.ts";
import { openStore } from "../../server/store/open-store.ts";
import { rowOfShapes, runCommandLine } from "../helpers/command-line.ts";

const words = (folder: string) => [
  "run",
  join(folder, "board.json"),
  ...["--use", "1:0=text", "--use", "1:1=image-generator", "--use", "1:2=image-upscaler"],
  ...["--set", "1:1.size=512", "--from", "1:0", "--out", join(folder, "out")],
];

/** Each place at which the process is killed, and how often this run passes it. */
const places = [
  ["afterReserve", 1],
  ["beforeIntent", 2],
  ["afterIntent", 2],
  ["afterSubmitCall", 2],
  ["afterDownload", 2],
  ["afterTmpWrite", 2],
  ["afterStore", 2],
  ["afterSettle", 2],
  ["afterPublish", 3],
] as const;
const kills = places.flatMap(([name, times]) =>
  Array.from({ length: times }, (_, at) => `${name}:${at + 1}=kill`),
);

describe("F1, F2, F3, F4, F5, F6, F7: a run whose process is killed", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "spaces-kill-"));
    const board = rowOfShapes(["A lighthouse at dusk", "Draft", "Large"]);
    await writeFile(join(folder, "board.json"), JSON.stringify(board));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test.each(kills)(
    "at %s completes at the next start, nothing twice, the ledger at zero",
    async (kill) => {
      const data = join(folder, "data");
      const killed = await runCommandLine(words(folder), {
        SPACES_DATA: data,
        SPACES_FAILPOINTS: kill,
      });
      expect(killed.signal).toBe("SIGKILL");
      const again = await runCommandLine(words(folder), { SPACES_DATA: data });
      expect({ code: again.code, errors: again.errors }).toEqual({ code: 0, errors: "" });
      await expectPictures(join(folder, "out"));
      await expectOrder(data);
    },
  );
});

/** The draft and its enlargement, exactly twice the size. */
async function expectPictures(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".png")).sort();
  const sizes = [];
  for (const name of names) {
    const picture = sharp(await readFile(join(folder, name)));
    await picture.stats();
    const { width, height } = await picture.metadata();
    sizes.push({ name, width, height });
  }
  expect(sizes).toEqual([
    { name: "draft-1-1.png", width: 512, height: 512 },
    { name: "large-1-2.png", width: 1024, height: 1024 },
  ]);
}

/** What the store must be like once everything has ended. */
async function expectOrder(data: string): Promise<void> {
  const store = await openStore({ folder: data, nowMs: () => 0 });
  try {
    expect(await checkLedger(store.database)).toEqual([]);
    const attempts = await store.database.selectFrom("attempt").selectAll().execute();
    expect(attempts.map(({ node, state }) => [node, state]).sort()).toEqual([
      ["1:1", "settled"],
      ["1:2", "settled"],
    ]);
    const runs = await store.database.selectFrom("run").select("state").execute();
    expect(runs.every((run) => run.state === "done")).toBe(true);
    const ends = await store.database
      .selectFrom("event")
      .select("run")
      .where("is_end", "=", 1)
      .execute();
    expect(ends).toHaveLength(runs.length);
  } finally {
    await store.close();
  }
}
