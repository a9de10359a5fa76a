import { expect } from "vitest";
import { bfl } from "../../server/providers/bfl/index.ts";
import { bflCatalog } from "../../server/providers/bfl/models.ts";
import { imageRequest, picture, settingsOf, smallPng } from "./request-parts.ts";
import type { RequestCase, VendorStandIn } from "./vendor-stand-in.ts";

const pollingUrl = "https://api.eu1.bfl.ai/v1/get_result?id=job-1";
const sample = "https://delivery-eu1.bfl.ai/results/sample.png?sig=abc";

const base64: unknown = expect.any(String);
const requests = bflCatalog.models.flatMap((model): RequestCase[] => {
  const { mostReferences } = bflCatalog.rowOf(model.id).wire;
  const references = Array.from({ length: mostReferences }, () => picture());
  return [
    {
      name: `${model.title}, from a prompt`,
      model: model.id,
      request: imageRequest(settingsOf(model)),
      sends: { prompt: "A red apple", width: 1024, height: 1024, seed: 7 },
    },
    {
      name: `${model.title}, wide, with all its references`,
      model: model.id,
      request: imageRequest(settingsOf(model, { ratio: "16:9" }), { references }),
      sends: { width: 1360, height: 768, [`input_image_${mostReferences}`]: base64 },
    },
  ];
});

const ended = (status: string) => ({ id: "job-1", status, result: null });

/** Black Forest Labs for the contract of all providers. */
export const bflStandIn: VendorStandIn = {
  declaration: bfl,
  mode: "queue",
  fileHosts: ["delivery-eu1.bfl.ai"],
  isPaid: ({ method }) => method === "POST",
  // There is no specification of Black Forest Labs to be had: the fields are checked one by one above.
  conformer: null,
  good: (response, { method, headers }) => {
    response.setHeader("content-type", "application/json");
    if (method === "POST") {
      response.end(JSON.stringify({ id: "job-1", polling_url: pollingUrl, cost: 3 }));
    } else if (headers.host === "delivery-eu1.bfl.ai") {
      response.setHeader("content-type", "image/png").end(smallPng());
    } else {
      response.end(JSON.stringify({ id: "job-1", status: "Ready", result: { sample, seed: 7 } }));
    }
  },
  requests,
  refusals: [
    {
      name: "a field that is wrong",
      at: "submit",
      status: 422,
      body: { detail: [{ loc: ["body", "width"], msg: "must be a multiple of 16", type: "x" }] },
      code: "provider-refused",
      outcome: "not-billed",
      setting: "width",
    },
    {
      name: "an account without credits",
      at: "submit",
      status: 402,
      body: { detail: "Insufficient credits" },
      code: "account-empty",
      outcome: "not-billed",
    },
    ...[
      ["Request Moderated", "moderated"] as const,
      ["Content Moderated", "moderated"] as const,
      ["Task not found", "result-expired"] as const,
      ["Error", "provider-unavailable"] as const,
      ["Failed", "provider-unavailable"] as const,
    ].map(([status, code]) => ({
      name: status,
      at: "poll" as const,
      status: 200,
      body: ended(status),
      code,
      outcome: "unknown" as const,
    })),
  ],
};
