import { describe, expect, test } from "vitest";
import { describeInWords, formatInWords } from "../../../server/local/describe-in-words.ts";
import { describePicture } from "../../../server/local/describe-picture.ts";
import { pictureFactsSchema } from "../../../server/local/picture-facts.ts";
import { detailedPng, pngOf } from "../../helpers/test-picture.ts";

describe("the facts of a picture", () => {
  test("tell size, tone, colours and temperature", async () => {
    const navyAndCream = await pngOf(300, 200, (x) => (x < 210 ? [20, 32, 84] : [246, 238, 216]));
    const facts = await describePicture(navyAndCream);
    expect(facts).toMatchObject({
      widthPx: 300,
      heightPx: 200,
      hasAlpha: false,
      temperature: "cool",
      contrastWord: "high",
      symmetry: "asymmetric",
    });
    expect(facts.colours.slice(0, 2).map(({ name }) => name)).toEqual(["navy", "cream"]);
    expect(facts.colours[0]?.share).toBeCloseTo(0.7, 1);
    expect(facts.colours[0]?.hex).toBe("#142054");
    expect(() => pictureFactsSchema.parse(facts)).not.toThrow();
  });

  test.each([
    [[6, 6, 8], "very dark"],
    [[128, 128, 128], "mid-tone"],
    [[250, 250, 250], "very bright"],
  ] as const)("call a flat %j %s and nearly monochrome", async (colour, tone) => {
    const facts = await describePicture(await pngOf(120, 120, () => colour));
    expect(facts).toMatchObject({ tone, colourWord: "nearly monochrome", contrastWord: "low" });
    expect(facts.colours).toHaveLength(1);
  });

  test("find the busy part and the quiet one", async () => {
    const busyRight = await pngOf(300, 300, (x, y) =>
      x > 200 && y > 200
        ? [((x * 37 + y * 91) % 7) * 36, 40, 40]
        : [200, 200, Math.round(200 + x / 20)],
    );
    const facts = await describePicture(busyRight);
    expect(facts.detail[0]).toBe("bottom right");
    expect(facts.quiet).not.toBe("bottom right");
  });

  test("see a mirror", async () => {
    const mirrored = await pngOf(201, 120, (x) => {
      const value = Math.abs(x - 100) * 2;
      return [value, value, value];
    });
    expect((await describePicture(mirrored)).symmetry).toBe("nearly mirror-symmetric");
  });

  test("are the same every time", async () => {
    const picture = await detailedPng(320, 240);
    expect(await describePicture(picture)).toEqual(await describePicture(picture));
  });

  test("are refused for what is no picture", async () => {
    await expect(describePicture(new Uint8Array(20))).rejects.toMatchObject({
      code: "input-invalid",
    });
  });
});

describe("the words on a picture", () => {
  test("tell what was measured and claim nothing else", async () => {
    const words = describeInWords(await describePicture(await detailedPng(1600, 900)));
    expect(words).toContain("1600 × 900 px (landscape, about 16:9)");
    expect(words).toMatch(/Main colours: .+ #[0-9a-f]{6} \(\d+%\)/);
    expect(words).toContain("does not know what the picture shows");
  });

  test.each([
    [1000, 1000, "square"],
    [1080, 1920, "portrait, about 9:16"],
    [4000, 3000, "landscape, about 4:3"],
    [1000, 730, "landscape"],
  ])("call %i × %i px %s", (widthPx, heightPx, format) => {
    expect(formatInWords(widthPx, heightPx)).toContain(format);
  });
});
