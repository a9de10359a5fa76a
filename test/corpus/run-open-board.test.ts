import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { runCommandLine } from "../helpers/command-line.ts";
import { describeShared } from "../helpers/shared-folder.ts";

describeShared("a real FigJam board", "fixtures/figjam/estridi-open-2024-09-06.json", (file) => {
  test("runs as Text, Image Generator and Image Upscaler, and reuses what has not changed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "spaces-open-"));
    const uses = ["1:2=text", "1:21=image-generator", "1:39=image-upscaler"];
    const words = ["run", file, ...uses.flatMap((use) => ["--use", use]), "--from", "1:2"];
    const run = (out: string, ...more: string[]) =>
      runCommandLine([...words, "--out", join(folder, out), ...more], {
        SPACES_DATA: join(folder, "data"),
      });
    try {
      const first = await run("first");
      expect([first.code, first.errors]).toEqual([0, ""]);
      const draft = await sizeOf(join(folder, "first"), "1-21.png");
      const large = await sizeOf(join(folder, "first"), "1-39.png");
      expect(large).toEqual({ width: 2 * draft.width, height: 2 * draft.height });
      const again = await run("again");
      expect(again.output.match(/reused/g)).toHaveLength(2);
      const changed = await run("changed", "--set", "1:39.flavour=crisp");
      expect(changed.output).toMatch(/Get Data From Backend: reused/);
      expect(changed.output).toMatch(/Any errors from backend\?: done/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

async function sizeOf(folder: string, ending: string): Promise<{ width: number; height: number }> {
  const name = (await readdir(folder)).find((each) => each.endsWith(ending)) ?? ending;
  const picture = sharp(await readFile(join(folder, name)));
  await picture.stats();
  const { width, height } = await picture.metadata();
  return { width, height };
}
