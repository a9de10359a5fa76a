import { describe, expect, test } from "vitest";
import { musicRows } from "../../server/providers/google/music-models.ts";
import { atSubmit, error, googleStandIn, modelsOf, withheld } from "./google-stand-in.ts";
import { describeProvider } from "./provider-contract.ts";
import { audioRequest, imageRequest, picture, settingsOf, textRequest } from "./request-parts.ts";
import { failureOf, openVendor } from "./vendor-world.ts";

describe("for a text", () => {
  describeProvider({
    ...googleStandIn,
    requests: modelsOf("text").flatMap((model) => [
      {
        name: `${model.title}, a text`,
        model: model.id,
        request: textRequest({}),
        sends: {
          generationConfig: {
            maxOutputTokens: 4_096,
            seed: 7,
            thinkingConfig: { thinkingLevel: "low" },
          },
        },
      },
      {
        name: `${model.title}, a list by pictures`,
        model: model.id,
        request: textRequest({}, { references: [picture(), picture()], listItems: 2 }),
        sends: { generationConfig: { responseMimeType: "application/json" } },
      },
    ]),
  });
});

describe("for pictures", () => {
  describeProvider({
    ...googleStandIn,
    requests: modelsOf("image").flatMap((model) => [
      {
        name: `${model.title}, from a prompt`,
        model: model.id,
        request: imageRequest(settingsOf(model, { size: "4K" })),
        sends: {
          generationConfig: {
            seed: 7,
            responseModalities: ["IMAGE"],
            imageConfig: { aspectRatio: "1:1", imageSize: "4K" },
          },
        },
      },
      {
        name: `${model.title}, in the ratio of its references`,
        model: model.id,
        request: imageRequest(settingsOf(model, { ratio: "auto" }), {
          references: Array.from({ length: 14 }, () => picture()),
        }),
        sends: { generationConfig: { imageConfig: { imageSize: "1K" } } },
      },
    ]),
  });
});

describe("for speech", () => {
  describeProvider({
    ...googleStandIn,
    refusals: [...atSubmit, ...withheld.slice(0, 1)],
    requests: modelsOf("audio").map((model) => ({
      name: `${model.title}, with directions`,
      model: model.id,
      request: audioRequest(settingsOf(model, { instructions: "calm" })),
      sends: {
        contents: [{ parts: [{ text: "Good morning", speechMetadata: { style: "calm" } }] }],
        generationConfig: {
          speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: "Kore" } } },
        },
      },
    })),
  });
});

describe("for music", () => {
  const made = {
    candidates: [
      {
        content: {
          role: "model",
          parts: [
            { text: "[Verse] Red apple" },
            { inlineData: { mimeType: "audio/mpeg", data: Buffer.from("ID3").toString("base64") } },
          ],
        },
        finishReason: "STOP",
      },
    ],
  };
  describeProvider({
    ...googleStandIn,
    good: (response) => {
      response.setHeader("content-type", "application/json").end(JSON.stringify(made));
    },
    refusals: [
      ...atSubmit,
      ...withheld,
      {
        name: "words without music",
        at: "submit",
        status: 200,
        body: { candidates: [{ content: { parts: [{ text: "[Verse]" }] }, finishReason: "STOP" }] },
        code: "provider-protocol",
        outcome: "unknown",
      },
    ],
    requests: musicRows.map((row) => ({
      name: `${row.title}, from a description`,
      model: `google:${row.id}`,
      request: audioRequest({}),
      sends: { contents: [{ role: "user", parts: [{ text: "Good morning" }] }] },
    })),
  });
});

test("a limit of requests passes when Google says that it does", async () => {
  const retry = { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "17s" };
  const world = await openVendor({ ...googleStandIn, requests: [] }, (response) => {
    response.writeHead(429, { "content-type": "application/json" });
    response.end(JSON.stringify(error(429, "RESOURCE_EXHAUSTED", [retry])));
  });
  const call = world.call({ name: "", model: "google:gemini-3.8-flash", request: textRequest({}) });
  const failure = await failureOf(world.provider.submit(call));
  expect([failure.failure.code, failure.retryAfterMs]).toEqual(["provider-limited", 17_000]);
});
