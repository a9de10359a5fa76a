import { describe, expect, test } from "vitest";
import { describeProvider, finish } from "./provider-contract.ts";
import { imageRequest, picture, settingsOf, textRequest } from "./request-parts.ts";
import type { VendorStandIn } from "./vendor-stand-in.ts";
import { failureOf, openVendor } from "./vendor-world.ts";
import { modelsOf, usage, xaiStandIn } from "./xai-stand-in.ts";

describe("for a text", () => {
  describeProvider({
    ...xaiStandIn,
    requests: modelsOf("text").flatMap((model) => [
      {
        name: `${model.title}, a text`,
        model: model.id,
        request: textRequest({}),
        sends: { model: "grok-4.7", max_output_tokens: 4_096, store: false },
      },
      {
        name: `${model.title}, a list by pictures`,
        model: model.id,
        request: textRequest({}, { references: [picture(), picture()], listItems: 2 }),
        sends: { text: { format: { type: "json_schema" } } },
      },
    ]),
  });
});

const pictures: VendorStandIn = {
  ...xaiStandIn,
  requests: modelsOf("image").flatMap((model) => [
    {
      name: `${model.title}, from a prompt`,
      model: model.id,
      request: imageRequest(settingsOf(model, { ratio: "16:9", resolution: "2k" }), { count: 3 }),
      sends: { n: 3, aspect_ratio: "16:9", resolution: "2k", quality: "medium" },
    },
    {
      name: `${model.title}, from one picture`,
      model: model.id,
      request: imageRequest(settingsOf(model), { references: [picture()] }),
      sends: { image: { type: "image_url" } },
    },
    {
      name: `${model.title}, from three pictures`,
      model: model.id,
      request: imageRequest(settingsOf(model), { references: [picture(), picture(), picture()] }),
      sends: { images: [{ type: "image_url" }, { type: "image_url" }, { type: "image_url" }] },
    },
  ]),
};

describe("for pictures", () => {
  describeProvider(pictures);

  test("xAI says what it took", async () => {
    const world = await openVendor(pictures);
    const result = await finish(pictures, world, pictures.requests[0]!);
    expect(result.billedMicroDollars).toBe(3_776);
  });

  test("a picture that is withheld is charged all the same, and that is said", async () => {
    const world = await openVendor(pictures, (response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ data: [{ respect_moderation: false }], usage }));
    });
    const failure = await failureOf(world.provider.submit(world.call(pictures.requests[0]!)));
    expect([failure.failure.code, failure.outcome]).toEqual(["moderated", "unknown"]);
    expect(failure.failure.message).toContain("xAI charges for it");
  });
});
