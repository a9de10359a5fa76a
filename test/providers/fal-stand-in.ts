import type { FalRole, FalWay } from "../../server/providers/fal/fal-wire.ts";
import { fal } from "../../server/providers/fal/index.ts";
import { falCatalog } from "../../server/providers/fal/models.ts";
import type { Model } from "#domain/model";
import type { AssetInput, ModelRequest } from "../../server/providers/provider.ts";
import type { Behaviour } from "../helpers/fault-server.ts";
import { openValidator, type Conformer } from "./conformer.ts";
import { isRecord, type JsonRecord } from "./normalize-schema.ts";
import { faultsOf } from "./conformer.ts";
import { picture, smallPng } from "./request-parts.ts";
import { settingsThrough } from "./settings-through.ts";
import type { RefusalCase, RequestCase, VendorStandIn } from "./vendor-stand-in.ts";

const queue = "https://queue.fal.run";
const filesHost = "v3b.fal.media";
const file = { url: `https://${filesHost}/files/b/made.png`, content_type: "image/png" };

/** fal as its documentation has it: the queue, a result of every kind, and what was billed. */
export const goodFal: Behaviour = (response, { method, path, headers }) => {
  const answer = (body: unknown) => response.end(JSON.stringify(body));
  if (headers.host === filesHost) {
    response.setHeader("content-type", "image/png").end(smallPng());
    return;
  }
  response.setHeader("content-type", "application/json");
  const job = `${queue}/fal-ai/any/requests/job-1`;
  if (method === "POST") {
    answer({
      status: "IN_QUEUE",
      request_id: "job-1",
      queue_position: 0,
      status_url: `${job}/status`,
      response_url: job,
      cancel_url: `${job}/cancel`,
    });
  } else if (path.endsWith("/cancel")) answer({ status: "OK" });
  else if (path.endsWith("/status")) answer({ status: "COMPLETED", request_id: "job-1" });
  else if (headers.host === "api.fal.ai") {
    answer({ billing_events: [{ request_id: "job-1", cost_estimate_nano_usd: 39_999_500 }] });
  } else answer({ images: [file], image: file, video: file, audio: file, seed: 7 });
};

const sound = (): AssetInput => {
  const { asset, ...rest } = picture();
  const length = { widthPx: null, heightPx: null, durationMs: 4_000 };
  return { ...rest, asset: { ...asset, mediaType: "audio/mpeg", ...length } };
};

/** A request that fills these roles of a model, as often as it takes them for "most". */
export function requestFor(
  { task, inputs }: Model,
  settings: ModelRequest["settings"],
  roles: readonly FalRole[],
  isMost: boolean,
): ModelRequest {
  const has = (...wanted: FalRole[]) => roles.some((role) => wanted.includes(role));
  const prompt = has("prompt") ? "A red apple" : "";
  const many = isMost ? (inputs["references"] ?? 0) : 1;
  const hasReferences = has("references", "source", "rest");
  const references = Array.from({ length: hasReferences ? many : 0 }, () => picture());
  switch (task) {
    case "image":
      return { task, settings, prompt, references, mask: has("mask") ? picture() : null, count: 1 };
    case "video": {
      const first = has("first") ? picture() : null;
      const last = has("last") ? picture() : null;
      const audio = has("audio") ? sound() : null;
      return { task, settings, prompt, first, last, references, audio, count: 1 };
    }
    case "audio":
      return { task, settings, prompt };
    case "upscale":
      return { task, settings, image: picture(), scale: Number(settings["scale"] ?? 2) };
    case "camera": {
      const angles = { horizontalDegrees: 90, verticalDegrees: 30, zoom: 5 };
      return { task, settings, image: picture(), ...angles };
    }
    case "text":
      throw new Error("fal has no model for text.");
  }
}

/** A request for one way of a model, and the endpoint that it has to go to. */
export interface FalCase extends RequestCase {
  readonly endpoint: string;
}

function casesOf(model: Model, way: FalWay): FalCase[] {
  const [defaults, ...through] = settingsThrough(model);
  if (!defaults) throw new Error("A model without settings.");
  const { endpoint } = way;
  const all = Object.keys(way.takes) as FalRole[];
  const named = (what: string, request: ModelRequest): FalCase => ({
    name: `${endpoint}, ${what}`,
    model: model.id,
    request,
    endpoint,
  });
  return [
    named("with the least", requestFor(model, defaults, way.needs, false)),
    named("with one of everything", requestFor(model, defaults, all, false)),
    ...through.map((settings, at) =>
      named(`with the most, settings ${at + 1}`, requestFor(model, settings, all, true)),
    ),
  ];
}

/** Every way of every model at fal, from the least to the most, through all values of all settings. */
export const falCases: readonly FalCase[] = falCatalog.models
  .filter(({ isRetired }) => !isRetired)
  .flatMap((model) => falCatalog.rowOf(model.id).wire.ways.flatMap((way) => casesOf(model, way)));

/** fal's refusals, in its own words. */
const refusals: readonly RefusalCase[] = [
  {
    name: "a field that is wrong",
    at: "submit",
    status: 422,
    body: { detail: [{ loc: ["body", "duration"], msg: "unexpected value", type: "value_error" }] },
    code: "provider-refused",
    outcome: "not-billed",
    setting: "duration",
  },
  {
    name: "an account without balance",
    at: "submit",
    status: 403,
    body: { detail: "User is locked. Reason: Exhausted balance." },
    code: "account-empty",
    outcome: "not-billed",
  },
  {
    name: "a key that is not taken",
    at: "submit",
    status: 403,
    body: { detail: "Cannot access application." },
    code: "key-refused",
    outcome: "not-billed",
  },
  {
    name: "a prompt against the rules",
    at: "poll",
    status: 422,
    body: {
      detail: [{ loc: ["body", "prompt"], msg: "flagged", type: "content_policy_violation" }],
    },
    code: "moderated",
    outcome: "unknown",
  },
  {
    name: "a model that broke",
    at: "poll",
    status: 500,
    body: { detail: "Internal Server Error" },
    code: "provider-unavailable",
    outcome: "not-billed",
  },
];

/** fal for the contract of all providers, with these of its requests. */
export function falStandIn(requests: readonly RequestCase[]): VendorStandIn {
  return {
    declaration: fal,
    mode: "queue",
    fileHosts: [filesHost],
    isPaid: ({ method }) => method === "POST",
    // Judged beside the contract, where the types of fal's client can be read.
    conformer: null,
    good: goodFal,
    requests,
    refusals,
  };
}

/** Judges inputs by the types of fal's client; a field that they do not name is a fault. */
export function falConformer(schema: JsonRecord): Conformer & { has(endpoint: string): boolean } {
  const { endpoints, $defs } = schema;
  if (!isRecord(endpoints) || !isRecord($defs)) throw new Error("These are no endpoints of fal.");
  const strict = Object.fromEntries(
    Object.entries(endpoints).map(([id, each]) => [
      id.replace(/\//g, "|"),
      { allOf: [isRecord(each) ? (each["input"] ?? false) : false], unevaluatedProperties: false },
    ]),
  );
  const validatorOf = openValidator({ $defs, strict });
  return {
    has: (endpoint) => isRecord(endpoints[endpoint]),
    check: ({ path, body }) => {
      const [endpoint = ""] = path.slice(1).split("?");
      if (!isRecord(endpoints[endpoint])) return Promise.resolve([`${endpoint}: no endpoint`]);
      const validate = validatorOf(`/strict/${endpoint.replace(/\//g, "|")}`);
      return Promise.resolve(faultsOf(validate, JSON.parse(body), endpoint));
    },
  };
}
