import type { Model } from "#domain/model";
import { runway } from "../../server/providers/runway/index.ts";
import { runwayCatalog } from "../../server/providers/runway/models.ts";
import type { ModelRequest } from "../../server/providers/provider.ts";
import type { Behaviour } from "../helpers/fault-server.ts";
import { faultsOf, openValidator, type Conformer } from "./conformer.ts";
import { isRecord, type JsonRecord } from "./normalize-schema.ts";
import { imageRequest, picture, smallPng } from "./request-parts.ts";
import { settingsThrough } from "./settings-through.ts";
import type { RefusalCase, RequestCase, VendorStandIn } from "./vendor-stand-in.ts";

const filesHost = "dnznrvs05pmza.cloudfront.net";
const task = { id: "task-1", createdAt: "2026-11-21T00:00:00Z" };

/** Runway as its client knows it. */
export const goodRunway: Behaviour = (response, { method, headers }) => {
  const answer = (body: unknown) => response.end(JSON.stringify(body));
  if (headers.host === filesHost) {
    response.setHeader("content-type", "image/png").end(smallPng());
    return;
  }
  response.setHeader("content-type", "application/json");
  if (method === "POST") answer({ id: "task-1", estimatedCost: { credits: 25 } });
  else {
    const output = [`https://${filesHost}/made.png?_jwt=abc`];
    answer({ ...task, status: "SUCCEEDED", output, cost: { credits: 20 } });
  }
};

const clip = (
  settings: ModelRequest["settings"],
  prompt: string,
  hasFirst: boolean,
): ModelRequest => ({
  ...{ task: "video", settings, prompt, references: [], audio: null, count: 1 },
  ...{ first: hasFirst ? picture() : null, last: null },
});

function requestsOf(model: Model): ModelRequest[] {
  const [defaults = {}, ...through] = settingsThrough(model);
  const most = model.inputs["references"] ?? 0;
  const references = Array.from({ length: most }, () => picture());
  if (model.task === "video") {
    const needs = model.needs ?? [];
    const fromText = needs.includes("first") ? [] : [clip(defaults, "Go", false)];
    const silent = needs.includes("prompt") ? [] : [clip(defaults, "", true)];
    return [...fromText, ...silent, ...through.map((settings) => clip(settings, "Go", true))];
  }
  if (model.task === "image") {
    const most = through.map((settings) => imageRequest(settings, { references }));
    return [imageRequest(defaults), ...most];
  }
  return [defaults, ...through].map((settings) => {
    const scale = Number(settings["scale"] ?? 2);
    return { task: "upscale", settings, image: picture(), scale };
  });
}

/** Every model of Runway, from the least to the most, through all values of all settings. */
export const runwayCases: readonly RequestCase[] = runwayCatalog.models
  .filter(({ isRetired }) => !isRetired)
  .flatMap((model) =>
    requestsOf(model).map((request, at) => ({
      name: `${model.title}, ${at + 1}`,
      model: model.id,
      request,
    })),
  );

const failed = (failureCode: string, credits: number) => ({
  ...task,
  status: "FAILED",
  failure: "It failed.",
  failureCode,
  cost: { credits },
});
const ended: readonly RefusalCase[] = [
  ["SAFETY.INPUT.TEXT", 0, "moderated", "not-billed"] as const,
  ["SAFETY.OUTPUT.VIDEO", 25, "moderated", "unknown"] as const,
  ["INPUT_PREPROCESSING.SAFETY.TEXT", 0, "provider-refused", "not-billed"] as const,
  ["INTERNAL.BAD_OUTPUT.CODE01", 0, "provider-unavailable", "not-billed"] as const,
].map(([failureCode, credits, code, outcome]) => ({
  name: `${failureCode}, for ${credits} credits`,
  at: "poll",
  status: 200,
  body: failed(failureCode, credits),
  code,
  outcome,
}));

/** Runway for the contract of all providers, with these of its requests. */
export function runwayStandIn(requests: readonly RequestCase[]): VendorStandIn {
  return {
    declaration: runway,
    mode: "queue",
    fileHosts: [filesHost],
    isPaid: ({ method }) => method === "POST",
    // Judged beside the contract, where the types of Runway's client can be read.
    conformer: null,
    good: goodRunway,
    requests,
    refusals: [
      {
        name: "a field that is wrong",
        at: "submit",
        status: 400,
        body: {
          error: "Validation of body failed",
          issues: [{ code: "too_big", path: ["promptText"], message: "Too long" }],
        },
        code: "provider-refused",
        outcome: "not-billed",
        setting: "promptText",
      },
      {
        name: "an account without credits",
        at: "submit",
        status: 400,
        body: { error: "You do not have enough credits to run this task." },
        code: "account-empty",
        outcome: "not-billed",
      },
      ...ended,
    ],
  };
}

/** Judges bodies by the types of Runway's client, of the model that they name; others' fields are faults. */
export function runwayConformer(schema: JsonRecord): Conformer {
  const { definitions } = schema;
  if (!isRecord(definitions)) throw new Error("These are no types of Runway.");
  const strict = Object.fromEntries(
    Object.keys(definitions).map((name) => [
      name,
      { allOf: [{ $ref: `spec#/definitions/${name}` }], unevaluatedProperties: false },
    ]),
  );
  const validatorOf = openValidator({ definitions, strict });
  return {
    check: ({ path, body }) => {
      const read: unknown = JSON.parse(body);
      const kind = `${path
        .replace("/v1/", "")
        .split("_")
        .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
        .join("")}CreateParams`;
      const faults = Object.keys(definitions)
        .filter((name) => name === kind || name.startsWith(`${kind}.`))
        .filter((name) => isTop(definitions[name]))
        .map((name) => faultsOf(validatorOf(`/strict/${name}`), read, path));
      const best = faults.find((each) => each.length === 0);
      return Promise.resolve(best ?? faults.flat().concat(`${path}: taken by no model`));
    },
  };
}

/** What a path takes as a whole names its model; parts of it do not. */
function isTop(definition: JsonRecord[string] | undefined): boolean {
  const properties = isRecord(definition) ? definition["properties"] : undefined;
  return isRecord(properties) && isRecord(properties["model"]);
}
