import type { Model, Task } from "#domain/model";
import { xai } from "../../server/providers/xai/index.ts";
import { xaiCatalog } from "../../server/providers/xai/models.ts";
import type { Behaviour } from "../helpers/fault-server.ts";
import { smallPng } from "./request-parts.ts";
import type { RefusalCase, VendorStandIn } from "./vendor-stand-in.ts";

/** The models of xAI for a task. */
export const modelsOf = (task: Task): Model[] =>
  xaiCatalog.models.filter((model) => model.task === task);
/** What xAI counts. */
export const usage = { input_tokens: 1_000, output_tokens: 200, cost_in_usd_ticks: 37_756_000 };
/** A clip that is made. */
export const clip = {
  status: "done",
  video: { url: "https://vidgen.x.ai/clip-1.mp4", duration: 6, respect_moderation: true },
  usage: { cost_in_usd_ticks: 8_400_000_000 },
};
const written = (text: string) => ({
  id: "resp-1",
  object: "response",
  created_at: 1,
  status: "completed",
  model: "grok-4.7",
  output: [
    {
      type: "message",
      id: "msg-1",
      status: "completed",
      role: "assistant",
      content: [{ type: "output_text", text, annotations: [] }],
    },
  ],
  usage,
});

/** Answers everything well. */
export const good: Behaviour = (response, { method, path, headers, body }) => {
  if (headers.host === "vidgen.x.ai") {
    response.setHeader("content-type", "video/mp4").end("clip");
    return;
  }
  response.setHeader("content-type", "application/json");
  const said = () => {
    if (method === "GET") return clip;
    if (path.startsWith("/v1/videos")) return { request_id: "clip-1" };
    if (path.startsWith("/v1/images")) {
      return { data: [{ b64_json: Buffer.from(smallPng()).toString("base64") }], usage };
    }
    return written(body.includes("json_schema") ? '{"items":["one","two"]}' : "A red apple.");
  };
  response.end(JSON.stringify(said()));
};

/** What xAI refuses, whatever it is asked for. */
export const refusals: readonly RefusalCase[] = [
  {
    name: "a field that is wrong",
    at: "submit",
    status: 422,
    body: { error: { message: "wrong", param: "duration" } },
    code: "provider-refused",
    outcome: "not-billed",
    setting: "duration",
  },
  {
    name: "a key that is none",
    at: "submit",
    status: 400,
    body: { code: "invalid-argument", error: "Incorrect API key provided: xa***." },
    code: "key-refused",
    outcome: "not-billed",
  },
  {
    name: "an account without credits",
    at: "submit",
    status: 403,
    body: { code: "forbidden", error: "Your team has no credits." },
    code: "account-empty",
    outcome: "not-billed",
  },
  {
    name: "a prompt by its rules",
    at: "submit",
    status: 400,
    body: { code: "invalid-argument", error: "Rejected by content moderation." },
    code: "moderated",
    outcome: "not-billed",
  },
];

/** xAI as it should be. */
export const xaiStandIn: Omit<VendorStandIn, "requests"> = {
  declaration: xai,
  mode: "sync",
  fileHosts: [],
  good,
  isPaid: ({ method }) => method === "POST",
  refusals,
  // There is no specification of xAI to be had: the fields are checked one by one below.
  conformer: null,
};
