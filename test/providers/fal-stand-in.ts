import type { FalRole, FalWay } from "../../server/providers/fal/fal-wire.ts";
import { fal } from "../../server/providers/fal/index.ts";
import { falCatalog } from "../../server/providers/fal/models.ts";
import type { Asset } from "#domain/asset";
import type { Model } from "#domain/model";
import type { AssetInput, ModelRequest } from "../../server/providers/provider.ts";
import type { Arrived, Behaviour } from "../helpers/fault-server.ts";
import { openValidator, type Conformer } from "./conformer.ts";
import { isRecord, type JsonRecord } from "./normalize-schema.ts";
import { faultsOf } from "./conformer.ts";
import { picture, settingsOf, smallPng, videoRequest } from "./request-parts.ts";
import { settingsThrough } from "./settings-through.ts";
import type { RefusalCase, RequestCase, VendorStandIn } from "./vendor-stand-in.ts";

const queue = "https://queue.fal.run";
const filesHost = "v3b.fal.media";
/** Where its storage takes files, by addresses that are signed. */
export const uploadsHost = "storage.fal-cdn.example";
/** Where a file lies that it was given. */
export const givenAddress = `https://${filesHost}/files/b/given.mp4`;
/** Asks where a file may be put, which costs nothing. */
export const isUpload = ({ headers }: Arrived) => headers.host === "rest.fal.ai";
const file = { url: `https://${filesHost}/files/b/made.png`, content_type: "image/png" };

/** fal as its documentation has it: the queue, a result of every kind, and what was billed. */
export const goodFal: Behaviour = (response, arrived) => {
  const { method, path, headers } = arrived;
  const answer = (body: unknown) => response.end(JSON.stringify(body));
  if (headers.host === filesHost) {
    response.setHeader("content-type", "image/png").end(smallPng());
    return;
  }
  if (headers.host === uploadsHost) {
    response.end();
    return;
  }
  response.setHeader("content-type", "application/json");
  if (isUpload(arrived)) {
    const upload_url = `https://${uploadsHost}/put-here?signature=1`;
    answer({ upload_url, file_url: givenAddress });
    return;
  }
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

/** A clip that is given to a model; its bytes are those of a picture. */
export function clip(changes: Partial<Asset> = {}): AssetInput {
  const { asset, ...rest } = picture();
  const size = { widthPx: 1_280, heightPx: 720, durationMs: 4_000 };
  return { ...rest, asset: { ...asset, mediaType: "video/mp4", ...size, ...changes } };
}

/** A sound of four seconds. */
export function sound(changes: Partial<Asset> = {}): AssetInput {
  return clip({ mediaType: "audio/mpeg", widthPx: null, heightPx: null, ...changes });
}

/** A request for a clip from a model with its own defaults. */
export function askedOf(model: string, changes: Parameters<typeof videoRequest>[1]): RequestCase {
  const row = falCatalog.models.find(({ id }) => id === model);
  if (!row) throw new Error(`There is no ${model}.`);
  return { name: model, model, request: videoRequest(settingsOf(row), changes) };
}

/** A request that fills these roles of a way, as often as it takes them for "most". */
function requestFor(
  { task, inputs }: Model,
  { takes, files }: FalWay,
  settings: ModelRequest["settings"],
  roles: readonly FalRole[],
  isMost: boolean,
): ModelRequest {
  const has = (...wanted: FalRole[]) => roles.some((role) => wanted.includes(role));
  const prompt = has("prompt") ? "A red apple" : "";
  const room = isMost ? (inputs["references"] ?? 0) : 1;
  const hasPictures = has("references", "source", "rest", "elements");
  const mostClips = takes.clips?.endsWith("[]") ? (files?.clips?.most ?? 2) : 1;
  const clips = has("clips") ? Math.min(room, mostClips) : 0;
  const pictures = hasPictures ? Math.max(isMost ? 0 : 1, room - clips) : 0;
  const references = [
    ...Array.from({ length: pictures }, () => picture()),
    // The most that there may be are short: it is their length together that counts.
    ...Array.from({ length: clips }, () => clip(isMost ? { durationMs: 3_000 } : {})),
  ];
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
    named("with the least", requestFor(model, way, defaults, way.needs, false)),
    named("with one of everything", requestFor(model, way, defaults, all, false)),
    ...through.map((settings, at) =>
      named(`with the most, settings ${at + 1}`, requestFor(model, way, settings, all, true)),
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
    fileHosts: [filesHost, uploadsHost],
    isPaid: (arrived) => arrived.method === "POST" && !isUpload(arrived),
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
