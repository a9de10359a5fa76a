import type { Model, Task } from "#domain/model";
import { google } from "../../server/providers/google/index.ts";
import { googleCatalog } from "../../server/providers/google/models.ts";
import type { Arrived, Behaviour } from "../helpers/fault-server.ts";
import { smallPng } from "./request-parts.ts";
import type { RefusalCase, VendorStandIn } from "./vendor-stand-in.ts";

/** The models of Google for a task that are offered. */
export const modelsOf = (task: Task): Model[] =>
  googleCatalog.models.filter((model) => model.task === task && !model.isRetired);

const clipAddress =
  "https://generativelanguage.googleapis.com/v1beta/files/clip-1:download?alt=media";
/** Whether a request is for a file at Google. */
export const isFile = ({ path }: Arrived) => path.includes(":download");
const usageMetadata = {
  promptTokenCount: 1_000,
  candidatesTokenCount: 200,
  totalTokenCount: 1_200,
};
const partOf = ({ path, body }: Arrived) => {
  if (path.includes("-tts")) {
    return { inlineData: { mimeType: "audio/wav", data: Buffer.from("RIFF").toString("base64") } };
  }
  if (path.includes("-image") || path.includes("banana")) {
    const data = Buffer.from(smallPng()).toString("base64");
    return { inlineData: { mimeType: "image/png", data } };
  }
  return { text: body.includes("responseJsonSchema") ? '{"items":["one","two"]}' : "A red apple." };
};
const answer = (arrived: Arrived) => ({
  candidates: [{ content: { role: "model", parts: [partOf(arrived)] }, finishReason: "STOP" }],
  usageMetadata,
});
/** An operation that ended well. */
export const ready = {
  name: "models/veo/operations/clip-1",
  done: true,
  response: { generateVideoResponse: { generatedSamples: [{ video: { uri: clipAddress } }] } },
};

const good: Behaviour = (response, arrived) => {
  const { method, path, headers } = arrived;
  if (headers.host === "storage.googleapis.com") {
    response.setHeader("content-type", "video/mp4").end("clip");
  } else if (isFile(arrived)) {
    response.writeHead(302, { location: "https://storage.googleapis.com/clip-1.mp4" }).end();
  } else {
    response.setHeader("content-type", "application/json");
    const name = { name: ready.name };
    const said = method === "GET" ? ready : path.endsWith("LongRunning") ? name : answer(arrived);
    response.end(JSON.stringify(said));
  }
};

/** An error of Google's. */
export const error = (
  code: number,
  status: string,
  details: readonly unknown[] = [],
  message = "no",
) => ({
  error: { code, message, status, details },
});
/** What Google refuses, whatever it is asked for. */
export const atSubmit: readonly RefusalCase[] = [
  {
    name: "a field that is wrong",
    at: "submit",
    status: 400,
    body: error(400, "INVALID_ARGUMENT", [
      {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        fieldViolations: [{ field: "generation_config.seed", description: "no" }],
      },
    ]),
    code: "provider-refused",
    outcome: "not-billed",
    setting: "generation_config.seed",
  },
  {
    name: "a key that is none",
    at: "submit",
    status: 400,
    body: error(400, "INVALID_ARGUMENT", [], "API key not valid. Please pass a valid API key."),
    code: "key-refused",
    outcome: "not-billed",
  },
  {
    name: "a model that is gone",
    at: "submit",
    status: 404,
    body: error(404, "NOT_FOUND"),
    code: "provider-refused",
    outcome: "not-billed",
  },
];
/** What Google does not give. */
export const withheld: readonly RefusalCase[] = [
  ["a prompt that is blocked", { promptFeedback: { blockReason: "PROHIBITED_CONTENT" } }] as const,
  ["a picture that is withheld", { candidates: [{ finishReason: "IMAGE_SAFETY" }] }] as const,
  [
    "a result that is withheld",
    { candidates: [{ content: {}, finishReason: "SAFETY" }], usageMetadata },
  ] as const,
].map(([name, body]) => ({
  name,
  at: "submit",
  status: 200,
  body,
  code: "moderated",
  outcome: "unknown",
}));

/** Google as it should be. */
export const googleStandIn: Omit<VendorStandIn, "requests"> = {
  declaration: google,
  mode: "sync",
  fileHosts: ["storage.googleapis.com"],
  isFile,
  good,
  isPaid: ({ method }) => method === "POST",
  refusals: [...atSubmit, ...withheld],
  // Google's discovery document is not to be had: the fields are checked one by one.
  conformer: null,
};
