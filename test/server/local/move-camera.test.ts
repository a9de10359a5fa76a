import { describe, expect, test } from "vitest";
import { moveCamera, type CameraSettings } from "../../../server/local/move-camera.ts";
import { detailedPng, pixelOf, pngOf, psnrOf, rawOf } from "../../helpers/test-picture.ts";

const front: CameraSettings = { horizontalDegrees: 0, verticalDegrees: 0, zoom: 5 };
const move = (bytes: Uint8Array, changes: Partial<CameraSettings>) =>
  moveCamera(bytes, { ...front, ...changes });

describe("moving the camera", () => {
  test("nowhere gives the picture back, pixel by pixel", async () => {
    const picture = await detailedPng(320, 240);
    const { bytes } = await move(picture, {});
    expect((await rawOf(bytes)).data).toEqual((await rawOf(picture)).data);
  });

  test("a full turn is no turn", async () => {
    const picture = await detailedPng(320, 240);
    const turned = await rawOf((await move(picture, { horizontalDegrees: 360 })).bytes);
    expect(psnrOf(await rawOf(picture), turned)).toBeGreaterThan(60);
  });

  test.each([
    [30, 0],
    [330, 20],
    [0, -30],
    [60, 0],
    [300, 0],
  ])(
    "to %i°/%i° keeps the size and leaves no empty corner",
    async (horizontalDegrees, verticalDegrees) => {
      const clear = await pngOf(300, 200, () => [90, 160, 200, 255]);
      const { bytes, widthPx, heightPx } = await move(clear, {
        horizontalDegrees,
        verticalDegrees,
      });
      const picture = await rawOf(bytes);
      expect([widthPx, heightPx, picture.widthPx, picture.heightPx]).toEqual([300, 200, 300, 200]);
      for (let at = 3; at < picture.data.length; at += 4) expect(picture.data[at]).toBe(255);
    },
  );

  test("wide shows clear ground round the card and says so", async () => {
    const { bytes, notes } = await move(await detailedPng(320, 240), { zoom: 0 });
    const picture = await rawOf(bytes);
    expect(pixelOf(picture, 2, 2)[3]).toBe(0);
    expect(pixelOf(picture, 160, 120)[3]).toBe(255);
    expect(notes.join(" ")).toContain("clear");
  });

  test("close up shows the middle at twice its size", async () => {
    const dot = await pngOf(320, 320, (x, y) =>
      Math.abs(x - 159.5) < 20 && Math.abs(y - 159.5) < 20 ? [255, 255, 255] : [0, 0, 0],
    );
    const { data } = await rawOf((await move(dot, { zoom: 10 })).bytes);
    const white = data.filter((value) => value > 128).length / 3;
    expect(white).toBeGreaterThan(40 * 40 * 3.8);
    expect(white).toBeLessThan(40 * 40 * 4.2);
  });

  test("there and back comes close to the picture again", async () => {
    const smooth = await pngOf(300, 300, (x, y) => [
      Math.round(128 + 100 * Math.sin(x / 40)),
      Math.round(128 + 100 * Math.cos(y / 50)),
      120,
    ]);
    const once = await rawOf((await move(smooth, { zoom: 6 })).bytes);
    // At zoom 6 the view is 2 ** 0.2 times larger round the middle.
    const [red] = pixelOf(once, 200, 150);
    const x = 149.5 + 50.5 / 2 ** 0.2;
    expect(Math.abs(red! - (128 + 100 * Math.sin(x / 40)))).toBeLessThan(2);
  });

  test("says so where only an AI provider could help", async () => {
    const picture = await detailedPng(200, 200);
    const views = [
      { horizontalDegrees: 180 },
      { horizontalDegrees: 90 },
      { horizontalDegrees: 61 },
      { verticalDegrees: 90 },
      { horizontalDegrees: 50, verticalDegrees: 50 },
    ];
    for (const view of views) {
      await expect(move(picture, view)).rejects.toMatchObject({
        code: "input-invalid",
        message: expect.stringContaining("true new viewpoint needs an AI provider") as string,
      });
    }
    await expect(move(picture, { horizontalDegrees: 180 })).rejects.toThrow("back of the picture");
  });

  test("refuses settings and pictures out of bounds with a sentence", async () => {
    const picture = await detailedPng(200, 200);
    await expect(move(picture, { zoom: 11 })).rejects.toThrow("zooms 0 to 10");
    await expect(move(picture, { horizontalDegrees: Number.NaN })).rejects.toThrow("0 to 360");
    await expect(move(await pngOf(159, 200, () => [0, 0, 0]), {})).rejects.toThrow("160 px");
    await expect(move(await pngOf(900, 200, () => [0, 0, 0]), {})).rejects.toThrow("3 to 1");
  });

  test("stops between two strips", async () => {
    const stop = new AbortController();
    const watch = { signal: stop.signal, onProgress: () => stop.abort() };
    const work = moveCamera(
      await detailedPng(300, 300),
      { ...front, horizontalDegrees: 20 },
      watch,
    );
    await expect(work).rejects.toMatchObject({ code: "cancelled" });
  });
});
