import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { upscalePicture, type UpscaleSettings } from "../../../server/local/upscale-picture.ts";
import { detailedPng, pixelOf, pngOf, psnrOf, rawOf } from "../../helpers/test-picture.ts";

const settings: UpscaleSettings = { scale: 2, flavour: "faithful", sharpen: 50, grain: 0 };
const upscale = (bytes: Uint8Array, changes: Partial<UpscaleSettings> = {}) =>
  upscalePicture(bytes, { ...settings, ...changes });

describe("enlarging", () => {
  test.each([
    [2, 1.5],
    [4, 0.4],
  ] as const)("%i times comes closer to the truth than sharp, by %d dB", async (scale, least) => {
    const truth = await detailedPng(768, 640);
    const small = await sharp(truth)
      .resize(768 / scale, 640 / scale)
      .png()
      .toBuffer();
    const bySharp = await sharp(small).resize(768, 640).png().toBuffer();
    const { bytes } = await upscale(small, { scale });
    const whole = await rawOf(truth);
    const gain = psnrOf(whole, await rawOf(bytes)) - psnrOf(whole, await rawOf(bySharp));
    expect(gain).toBeGreaterThan(least);
  });

  test.each([2, 4, 8, 16] as const)("%i times gives exactly that size", async (scale) => {
    const small = await pngOf(161, 173, (x, y) => [x, y, 90]);
    const result = await upscale(small, { scale });
    const { width, height } = await sharp(result.bytes).metadata();
    expect([width, height]).toEqual([161 * scale, 173 * scale]);
    expect([result.widthPx, result.heightPx]).toEqual([width, height]);
  });

  test("turns a picture upright first", async () => {
    const lying = await sharp(await detailedPng(240, 180))
      .withExif({})
      .jpeg()
      .toBuffer();
    const turned = await sharp(lying).withMetadata({ orientation: 6 }).toBuffer();
    const { widthPx, heightPx } = await upscale(turned);
    expect([widthPx, heightPx]).toEqual([360, 480]);
  });

  test("keeps a flat colour to the level", async () => {
    const { bytes } = await upscale(await pngOf(160, 160, () => [12, 130, 250]), { scale: 4 });
    const { data } = await rawOf(bytes);
    expect(data.every((value, index) => value === [12, 130, 250][index % 3])).toBe(true);
  });

  test("keeps transparency, and colours of clear pixels do not bleed", async () => {
    const half = await pngOf(160, 160, (x) => (x < 80 ? [0, 255, 0, 0] : [200, 40, 40, 255]));
    const { bytes } = await upscale(half);
    const picture = await rawOf(bytes);
    expect(picture.channels).toBe(4);
    expect(pixelOf(picture, 20, 100)[3]).toBe(0);
    expect(pixelOf(picture, 300, 100)).toEqual([200, 40, 40, 255]);
    for (let x = 150; x < 170; x++) {
      const [, green, , alpha] = pixelOf(picture, x, 100);
      if (alpha! > 8) expect(green).toBeLessThan(60);
    }
  });

  test("takes grey, 16-bit and CMYK pictures", async () => {
    const plain = sharp(await detailedPng(160, 160));
    const odd = [
      await plain.clone().toColourspace("b-w").png().toBuffer(),
      await plain.clone().toColourspace("rgb16").png().toBuffer(),
      await plain.clone().toColourspace("cmyk").jpeg().toBuffer(),
    ];
    for (const bytes of odd) expect((await upscale(bytes)).widthPx).toBe(320);
  });

  test("with more sharpening has steeper edges, and none at 0", async () => {
    const small = await detailedPng(200, 160);
    const spread = async (sharpen: number) => {
      const { bytes } = await upscale(small, { flavour: "crisp", sharpen });
      return (await sharp(bytes).stats()).sharpness;
    };
    const [none, some, most] = [await spread(0), await spread(50), await spread(100)];
    expect(some).toBeGreaterThan(none);
    expect(most).toBeGreaterThan(some);
  });

  test("adds the same grain every time", async () => {
    const flat = await pngOf(160, 160, () => [128, 128, 128]);
    const first = await upscale(flat, { grain: 60 });
    expect(await upscale(flat, { grain: 60 })).toEqual(first);
    const [channel] = (await sharp(first.bytes).stats()).channels;
    expect(channel!.stdev).toBeGreaterThan(2);
    expect(channel!.mean).toBeCloseTo(128, 0);
  });

  test("saves more than 40 megapixels as JPEG and says so", async () => {
    const wide = await pngOf(1000, 170, (x) => [x % 256, 80, 90]);
    expect((await upscale(wide, { scale: 4 })).mediaType).toBe("image/png");
    const large = await pngOf(1250, 504, (x) => [x % 256, 80, 90]);
    const { mediaType, notes } = await upscale(large, { scale: 8, sharpen: 0 });
    expect(mediaType).toBe("image/jpeg");
    expect(notes.join(" ")).toContain("JPEG");
  });

  test("reports progress that only grows", async () => {
    const steps: number[] = [];
    const onProgress = (done: number) => void steps.push(done);
    await upscalePicture(await detailedPng(500, 1300), { ...settings, scale: 4 }, { onProgress });
    expect(steps.length).toBeGreaterThan(2);
    expect(steps).toEqual([...steps].sort((one, other) => one - other));
    expect(steps.at(-1)).toBeLessThanOrEqual(1);
  });

  test("stops between two strips", async () => {
    const stop = new AbortController();
    const watch = { signal: stop.signal, onProgress: () => stop.abort() };
    const work = upscalePicture(await detailedPng(500, 1300), { ...settings, scale: 4 }, watch);
    await expect(work).rejects.toMatchObject({ code: "cancelled" });
  });

  test("is refused with a sentence for what is too small, too large or no picture", async () => {
    const small = await pngOf(159, 400, () => [0, 0, 0]);
    await expect(upscale(small)).rejects.toThrow("at least 160 px");
    const large = await pngOf(2501, 200, () => [0, 0, 0]);
    await expect(upscale(large, { scale: 4 })).rejects.toThrow("the most is 10000 px");
    await expect(upscale(new TextEncoder().encode("hello"))).rejects.toThrow("cannot be read");
    const broken = (await detailedPng(400, 400)).subarray(0, 5_000);
    await expect(upscale(broken)).rejects.toMatchObject({ code: "input-invalid" });
  });

  test("refuses a small file that claims a huge picture", async () => {
    const bomb = await sharp({
      create: { width: 8000, height: 7000, channels: 3, background: "#000" },
      limitInputPixels: false,
    })
      .png()
      .toBuffer();
    await expect(upscale(bomb)).rejects.toThrow("50 megapixels");
  });
});
