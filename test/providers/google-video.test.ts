import { describe, expect, test } from "vitest";
import { atSubmit, googleStandIn, isFile, modelsOf, ready } from "./google-stand-in.ts";
import { describeProvider, finish } from "./provider-contract.ts";
import { picture, settingsOf, videoRequest } from "./request-parts.ts";
import type { RequestCase, VendorStandIn } from "./vendor-stand-in.ts";
import { openVendor, vendorSecret } from "./vendor-world.ts";

const clips = modelsOf("video").flatMap((model): RequestCase[] => [
  {
    name: `${model.title}, from a prompt`,
    model: model.id,
    request: videoRequest(settingsOf(model, { negative_prompt: "rain" })),
    sends: {
      parameters: {
        sampleCount: 1,
        aspectRatio: "16:9",
        resolution: "720p",
        durationSeconds: 8,
        seed: 7,
        negativePrompt: "rain",
      },
    },
  },
  {
    name: `${model.title}, between two frames`,
    model: model.id,
    request: videoRequest(settingsOf(model), { first: picture(), last: picture() }),
    sends: {
      instances: [
        {
          image: { bytesBase64Encoded: expect.any(String) as string },
          lastFrame: { bytesBase64Encoded: expect.any(String) as string },
        },
      ],
    },
  },
  ...(model.inputs["references"] === undefined
    ? []
    : [
        {
          name: `${model.title}, by references`,
          model: model.id,
          request: videoRequest(settingsOf(model), { references: [picture(), picture()] }),
          sends: {
            instances: [
              { referenceImages: [{ referenceType: "asset" }, { referenceType: "asset" }] },
            ],
          },
        },
      ]),
]);
const clipVendor: VendorStandIn = {
  ...googleStandIn,
  mode: "queue",
  requests: clips,
  refusals: [
    ...atSubmit,
    {
      name: "a clip that is withheld",
      at: "poll",
      status: 200,
      body: {
        ...ready,
        response: {
          generateVideoResponse: { raiMediaFilteredCount: 1, raiMediaFilteredReasons: ["no"] },
        },
      },
      code: "moderated",
      outcome: "unknown",
    },
    ...([3, 13] as const).map((code) => ({
      name: `an operation that ended with code ${code}`,
      at: "poll" as const,
      status: 200,
      body: { name: ready.name, done: true, error: { code, message: "no" } },
      code: code === 3 ? ("provider-refused" as const) : ("provider-unavailable" as const),
      outcome: "unknown" as const,
    })),
  ],
};

describe("for clips", () => {
  describeProvider(clipVendor);

  test("the key opens the file at Google, and goes along to no other host", async () => {
    const world = await openVendor(clipVendor);
    await finish(clipVendor, world, clips[0]!);
    const files = world.server.arrived.filter(
      (arrived) => isFile(arrived) || arrived.headers.host === "storage.googleapis.com",
    );
    expect(files.map(({ path, headers }) => [path, headers["x-goog-api-key"]])).toEqual([
      ["/v1beta/files/clip-1:download?alt=media", vendorSecret],
      ["/clip-1.mp4", undefined],
    ]);
  });

  test("frames are taken before references, and that is said", async () => {
    const world = await openVendor(clipVendor);
    const { model, request } = clips[1]!;
    const asked = { ...request, references: [picture()] } as typeof request;
    const result = await finish(clipVendor, world, { name: "", model, request: asked });
    expect(result.notes).toEqual([
      "Not all references were used: the model takes none beside a first or last frame.",
    ]);
  });
});
