import { expect } from "vitest";
import { replicate } from "../../server/providers/replicate/index.ts";
import { replicateCatalog } from "../../server/providers/replicate/models.ts";
import type { Behaviour } from "../helpers/fault-server.ts";
import { imageRequest, picture, smallPng } from "./request-parts.ts";
import { settingsThrough } from "./settings-through.ts";
import type { RequestCase, VendorStandIn } from "./vendor-stand-in.ts";

const job = "https://api.replicate.com/v1/predictions/job-1";
const made = "https://replicate.delivery/xezq/made.png";

/** Replicate as its documentation has it. */
export const goodReplicate: Behaviour = (response, { method, path, headers }) => {
  const answer = (body: unknown) => response.end(JSON.stringify(body));
  if (headers.host === "replicate.delivery") {
    response.setHeader("content-type", "image/png").end(smallPng());
    return;
  }
  response.setHeader("content-type", "application/json");
  if (path === "/v1/files") answer({ urls: { get: "https://api.replicate.com/v1/files/file-1" } });
  else if (path.endsWith("/cancel")) answer({ id: "job-1", status: "canceled" });
  else if (method === "POST") {
    answer({ id: "job-1", status: "starting", urls: { get: job, cancel: `${job}/cancel` } });
  } else answer({ id: "job-1", status: "succeeded", output: [made], error: null });
};

const uri: unknown = expect.stringContaining("data:image/png;base64,");
/** Every model, from the least to the most, through all values of all settings. */
export const replicateCases: readonly RequestCase[] = replicateCatalog.models.flatMap(
  (model): RequestCase[] => {
    const { references: field } = replicateCatalog.rowOf(model.id).wire;
    const [defaults = {}, ...through] = settingsThrough(model);
    const most = Array.from({ length: model.inputs["references"] ?? 0 }, () => picture());
    return [
      {
        name: `${model.title}, from a prompt`,
        model: model.id,
        request: imageRequest(defaults),
        sends: { input: { prompt: "A red apple", aspect_ratio: "1:1" } },
      },
      ...through.map((settings, at) => ({
        name: `${model.title}, with the most, settings ${at + 1}`,
        model: model.id,
        request: imageRequest(settings, { references: most }),
        sends: { input: { [field]: most.map(() => uri), resolution: settings["resolution"] } },
      })),
    ];
  },
);

const ended = (status: string, more: object = {}) => ({
  id: "job-1",
  status,
  output: null,
  ...more,
});
/** Replicate for the contract of all providers. */
export const replicateStandIn: VendorStandIn = {
  declaration: replicate,
  mode: "queue",
  fileHosts: ["replicate.delivery"],
  isPaid: ({ method, path }) => method === "POST" && path.endsWith("/predictions"),
  // Judged beside the contract, where Replicate's own specification can be read.
  conformer: null,
  good: goodReplicate,
  requests: replicateCases,
  refusals: [
    {
      name: "a field that is wrong",
      at: "submit",
      status: 422,
      body: {
        title: "Input validation failed",
        detail: "- input.resolution: must be one of",
        status: 422,
        invalid_fields: [
          { type: "enum", field: "input.resolution", description: "must be one of" },
        ],
      },
      code: "provider-refused",
      outcome: "not-billed",
      setting: "resolution",
    },
    {
      name: "a prompt that the model flagged",
      at: "poll",
      status: 200,
      body: ended("failed", { error: "The input or output was flagged as sensitive." }),
      code: "moderated",
      outcome: "unknown",
    },
    {
      name: "a model that broke",
      at: "poll",
      status: 200,
      body: ended("failed", { error: "CUDA out of memory" }),
      code: "provider-unavailable",
      outcome: "unknown",
    },
    {
      name: "a prediction that was stopped before it began",
      at: "poll",
      status: 200,
      body: ended("aborted"),
      code: "provider-unavailable",
      outcome: "not-billed",
    },
    {
      name: "a result that Replicate deleted",
      at: "poll",
      status: 200,
      body: ended("succeeded"),
      code: "result-expired",
      outcome: "unknown",
    },
  ],
};
