import { describe, expect, test } from "vitest";
import type { Model, Task } from "#domain/model";
import { openai } from "../../server/providers/openai/index.ts";
import { openaiCatalog } from "../../server/providers/openai/models.ts";
import type { Behaviour } from "../helpers/fault-server.ts";
import { openaiConformer } from "./openai-specification.ts";
import { describeProvider } from "./provider-contract.ts";
import {
  audioRequest,
  imageRequest,
  picture,
  settingsOf,
  smallPng,
  textRequest,
} from "./request-parts.ts";
import type { RefusalCase, VendorStandIn } from "./vendor-stand-in.ts";
import { openVendor } from "./vendor-world.ts";

const modelsOf = (task: Task): Model[] =>
  openaiCatalog.models.filter((model) => model.task === task && !model.isRetired);

const written = (text: string) => ({
  id: "resp-1",
  object: "response",
  created_at: 1,
  status: "completed",
  model: "gpt-6.1-terra",
  output: [
    {
      type: "message",
      id: "msg-1",
      status: "completed",
      role: "assistant",
      content: [{ type: "output_text", text, annotations: [], logprobs: [] }],
    },
  ],
  usage: { input_tokens: 1_000, output_tokens: 200, total_tokens: 1_200 },
});
const drawn = (count: number) => ({
  created: 1,
  data: Array.from({ length: count }, () => ({
    b64_json: Buffer.from(smallPng()).toString("base64"),
  })),
  usage: {
    input_tokens: 1_100,
    output_tokens: 1_000,
    total_tokens: 2_100,
    input_tokens_details: { text_tokens: 100, image_tokens: 1_000 },
  },
});

const good: Behaviour = (response, { path, body }) => {
  if (path === "/v1/audio/speech") {
    response.setHeader("content-type", "audio/mpeg").end(Buffer.from("ID3 sound"));
    return;
  }
  response.setHeader("content-type", "application/json");
  const isList = body.includes('"json_schema"');
  const answer = path.startsWith("/v1/images")
    ? drawn(2)
    : written(isList ? '{"items":["one","two"]}' : "A red apple.");
  response.end(JSON.stringify(answer));
};

const refusal = (
  name: string,
  status: number,
  error: Readonly<Record<string, unknown>>,
  code: RefusalCase["code"],
  setting?: string,
): RefusalCase => ({
  name,
  at: "submit",
  status,
  body: { error: { message: "no", type: null, param: null, ...error } },
  code,
  outcome: "not-billed",
  ...(setting !== undefined && { setting }),
});

const refusals = [
  refusal("a field that is wrong", 400, { param: "n", code: "invalid" }, "provider-refused", "n"),
  refusal("a prompt by its rules", 400, { code: "moderation_blocked" }, "moderated"),
  refusal("a picture by its rules", 400, { code: "content_policy_violation" }, "moderated"),
  refusal("an empty account", 429, { code: "insufficient_quota" }, "account-empty"),
  refusal("too many requests", 429, { code: "rate_limit_exceeded" }, "provider-limited"),
  refusal("a model that is gone", 404, { code: "model_not_found" }, "provider-refused"),
];

const vendor: Omit<VendorStandIn, "requests"> = {
  declaration: openai,
  mode: "sync",
  fileHosts: [],
  good,
  isPaid: ({ method }) => method === "POST",
  refusals,
  conformer: openaiConformer(),
};

describe("for a text", () => {
  describeProvider({
    ...vendor,
    requests: modelsOf("text").flatMap((model) => [
      {
        name: `${model.title}, a text`,
        model: model.id,
        request: textRequest({}, { texts: ["An apple is a fruit"] }),
        sends: { store: false, max_output_tokens: 4_096, reasoning: { effort: "low" } },
      },
      {
        name: `${model.title}, a list by ten pictures`,
        model: model.id,
        request: textRequest(
          {},
          { references: Array.from({ length: 10 }, () => picture()), listItems: 2 },
        ),
        sends: { text: { format: { type: "json_schema" } } },
      },
    ]),
  });
});

describe("for pictures", () => {
  describeProvider({
    ...vendor,
    requests: modelsOf("image").flatMap((model) => [
      {
        name: `${model.title}, from a prompt`,
        model: model.id,
        request: imageRequest(settingsOf(model), { count: 10 }),
        sends: { prompt: "A red apple", n: 10, size: "1024x1024", quality: "medium" },
      },
      {
        name: `${model.title}, from one picture and a mask`,
        model: model.id,
        request: imageRequest(settingsOf(model), { references: [picture()], mask: picture() }),
        sends: { mask: "binary" },
      },
      {
        name: `${model.title}, from all its references`,
        model: model.id,
        request: imageRequest(settingsOf(model, { size: "3840x2160", output_format: "webp" }), {
          references: Array.from({ length: 16 }, () => picture()),
        }),
        sends: { image: Array.from({ length: 16 }, () => "binary"), size: "3840x2160" },
      },
    ]),
  });
});

describe("for speech", () => {
  describeProvider({
    ...vendor,
    requests: modelsOf("audio").map((model) => ({
      name: `${model.title}, with directions`,
      model: model.id,
      request: audioRequest(settingsOf(model, { instructions: "calm", speed: 1.25 })),
      sends: { input: "Good morning", voice: "marin", instructions: "calm", speed: 1.25 },
    })),
  });
});

describe("OpenAI's bill", () => {
  const bill = async (model: string, request: Parameters<typeof imageRequest>[0], text = false) => {
    const asked = { name: "", model, request: text ? textRequest(request) : imageRequest(request) };
    const world = await openVendor({ ...vendor, requests: [] });
    const submission = await world.provider.submit(world.call(asked));
    return submission.kind === "done" ? submission.result.billedMicroDollars : undefined;
  };

  test("of a text is its tokens by their price", async () => {
    expect(await bill("openai:gpt-6.1-terra", {}, true)).toBe(1_000 * 1 + 200 * 5);
  });

  test("of a picture tells texts, pictures in and pictures out apart", async () => {
    const settings = settingsOf(modelsOf("image")[0]!);
    const exact = 100 * 5 + 1_000 * 8 + 1_000 * 30;
    expect(await bill("openai:gpt-image-2.6-flare", settings)).toBe(exact);
  });
});
