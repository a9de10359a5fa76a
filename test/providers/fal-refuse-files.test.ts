import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Asset, MediaType } from "#domain/asset";
import { falCatalog } from "../../server/providers/fal/models.ts";
import { refuseFiles } from "../../server/providers/fal/refuse-files.ts";
import { CallFailure } from "../../server/providers/provider.ts";
import { askedOf, clip, falCases, falStandIn, sound } from "./fal-stand-in.ts";
import { picture } from "./request-parts.ts";
import { failureOf, openVendor } from "./vendor-world.ts";

const vendor = falStandIn(falCases.slice(0, 1));
const edit = "fal:fal-ai/wan/v2.7/edit-video";

describe("Before anything is sent, fal refuses", () => {
  const seedance = "fal:bytedance/seedance-2.0/reference-to-video";
  const wan = "fal:fal-ai/wan/v2.7";
  const many = (count: number, changes: Partial<Asset> = {}) =>
    Array.from({ length: count }, () => clip({ durationMs: 2_000, ...changes }));
  test.each([
    [edit, { references: [clip(), clip()] }, "one clip here, and 2 are connected"],
    [edit, { references: [clip(), picture(), picture()] }, "one picture here, and 2 are connected"],
    [
      edit,
      { references: [clip({ mediaType: "video/webm" })] },
      "a clip as MP4 or MOV, and one is WebM",
    ],
    [
      edit,
      { references: [clip({ bytes: 90_000_001 })] },
      "a clip of up to 90 MB, and one has 90.1 MB",
    ],
    [
      edit,
      { references: [clip({ durationMs: 10_001 })] },
      "a clip of 2 to 10 seconds, and one has 10.001 s",
    ],
    [
      "fal:fal-ai/kling-video/o3/pro/edit",
      { references: [clip({ widthPx: 3_840, heightPx: 2_160 })] },
      "a clip of 720 to 2160 px at each side, and one has 3840 x 2160 px",
    ],
    [
      seedance,
      { references: many(1, { widthPx: 1_920, heightPx: 1_080 }) },
      "a clip of about 480p to 720p, and one has 1920 x 1080 px",
    ],
    [seedance, { references: many(4) }, "up to 3 clips here, and 4 are connected"],
    [
      seedance,
      { references: many(3, { durationMs: 6_000 }) },
      "clips of 15 seconds together, and there are 18 s",
    ],
    [
      seedance,
      { references: many(2, { bytes: 26_000_000 }) },
      "clips of 50 MB together, and there are 52 MB",
    ],
    [wan, { audio: sound({ mediaType: "audio/ogg" }) }, "a sound as MP3 or WAV, and one is OGG"],
    [wan, { audio: sound({ durationMs: 2_500 }) }, "a sound of 3 to 30 seconds, and one has 2.5 s"],
  ] as const)("%s with %o", async (model, changes, what) => {
    const world = await openVendor(vendor);
    const failure = await failureOf(world.provider.submit(world.call(askedOf(model, changes))));
    const title = falCatalog.models.find(({ id }) => id === model)?.title ?? "";
    expect(failure.failure).toMatchObject({
      code: "input-invalid",
      message: `${title} takes ${what}. It cost nothing.`,
    });
    expect(failure.outcome).toBe("not-billed");
    expect(world.server.arrived).toEqual([]);
  });

  test("a clip for a model that has no use for one", async () => {
    const world = await openVendor(vendor);
    const kling = askedOf("fal:fal-ai/kling-video/v3/pro", {
      first: picture(),
      references: [clip()],
    });
    const failure = await failureOf(world.provider.submit(world.call(kling)));
    expect(failure.failure.message).toMatch(/^Kling 3 Pro can make nothing from .* and clips/);
    expect(world.server.arrived).toEqual([]);
  });

  test("exactly what is outside of what its page says", () => {
    const [way] = falCatalog.rowOf(edit).wire.ways;
    const types: MediaType[] = ["video/mp4", "video/quicktime", "video/webm"];
    const any = fc.record({
      mediaType: fc.constantFrom(...types),
      bytes: fc.integer({ min: 1, max: 100_000_000 }),
      durationMs: fc.option(fc.integer({ min: 0, max: 12_000 })),
    });
    fc.assert(
      fc.property(any, (facts) => {
        const { mediaType, bytes, durationMs } = facts;
        const isTaken =
          mediaType !== "video/webm" &&
          bytes <= 90_000_000 &&
          (durationMs === null || (durationMs >= 2_000 && durationMs <= 10_000));
        const { request } = askedOf(edit, { references: [clip(facts)] });
        const refuse = () => refuseFiles({ id: "fal" }, "Wan", way!, request);
        if (isTaken) expect(refuse).not.toThrow();
        else expect(refuse).toThrow(CallFailure);
      }),
    );
  });
});
