import { createHash, createHmac } from "node:crypto";
import { freepik, magnific } from "../../server/providers/magnific/index.ts";
import type { Arrived, Behaviour } from "../helpers/fault-server.ts";
import { signText, type SentHook } from "../helpers/hook-provider.ts";
import { bflStandIn } from "./bfl-stand-in.ts";
import { special } from "./magnific-requests.ts";
import { standIn } from "./magnific-stand-in.ts";
import { isRecord, type Json, type JsonRecord } from "./normalize-schema.ts";
import { replicateStandIn } from "./replicate-stand-in.ts";
import type { RequestCase, VendorStandIn } from "./vendor-stand-in.ts";

/** How a webhook is sent: its words unless they are the vendor's usual ones, when, and signed by whom. */
export interface Sending {
  readonly body?: string;
  readonly atMs: number;
  readonly secret?: string;
}

/** A vendor that calls back. */
export interface HookSender {
  readonly vendor: VendorStandIn;
  readonly asked: RequestCase;
  /** Whether it signs, and whether it signs the time of a webhook too. */
  readonly signs: "body" | "body and time" | null;
  /** Where it was told to call back. */
  readonly told: (paid: Arrived) => unknown;
  /** A webhook about the job that the paid request began. */
  readonly send: (paid: Arrived, how: Sending) => SentHook;
}

/** What Replicate signs an account's webhooks with in these tests. */
export const replicateSecret = `whsec_${Buffer.alloc(24, 5).toString("base64")}`;

/** Whether Replicate is asked what it signs with. */
export const isSecretAsked = ({ path }: Arrived) => path === "/v1/webhooks/default/secret";

function bodyOf({ body }: Arrived): JsonRecord {
  const read = JSON.parse(body) as Json;
  return isRecord(read) ? read : {};
}

const replicateVendor: VendorStandIn = {
  ...replicateStandIn,
  good: (response, arrived) => {
    if (isSecretAsked(arrived)) response.end(JSON.stringify({ key: replicateSecret }));
    else replicateStandIn.good(response, arrived);
  },
};

const ofReplicate: HookSender = {
  vendor: replicateVendor,
  asked: replicateVendor.requests[0]!,
  signs: "body and time",
  told: (paid) => bodyOf(paid)["webhook"],
  send: (_, { body = '{"id":"job-1","status":"succeeded"}', atMs, secret = replicateSecret }) =>
    // Every other webhook has another name.
    signText(body, { id: `msg_${createHash("sha256").update(body).digest("hex")}`, atMs, secret }),
};

const ofBfl: HookSender = {
  vendor: bflStandIn,
  asked: bflStandIn.requests[0]!,
  signs: "body",
  told: (paid) => bodyOf(paid)["webhook_url"],
  send: (paid, { body = '{"id":"job-1","status":"Ready"}', secret }) => {
    const told = bodyOf(paid)["webhook_secret"];
    const by = secret ?? (typeof told === "string" ? told : "");
    const hex = createHmac("sha256", by).update(body).digest("hex");
    return { body, headers: { "x-bfl-signature": `sha256=${hex}` } };
  },
};

function ofMagnific(declaration: typeof magnific): HookSender {
  const [first] = special;
  const asked = { ...first!, model: first!.model.replace("magnific:", `${declaration.id}:`) };
  return {
    vendor: standIn(declaration, [asked], null),
    asked,
    signs: null,
    told: (paid) => bodyOf(paid)["webhook_url"],
    send: (_, { body = '{"task_id":"task-1","status":"COMPLETED"}', atMs, secret }) =>
      signText(body, { atMs, ...(secret !== undefined && { secret }) }),
  };
}

/** Everybody who calls back, by the same contract; fal's signature is proved apart. */
export const hookSenders: readonly (readonly [string, HookSender])[] = [
  ["Replicate", ofReplicate],
  ["Black Forest Labs", ofBfl],
  ["Magnific", ofMagnific(magnific)],
  ["Freepik", ofMagnific(freepik)],
];

/** Answers in place of Replicate when it is asked what it signs with. */
export function tellingSecret(tell: Behaviour): Behaviour {
  return (response, arrived) =>
    (isSecretAsked(arrived) ? tell : replicateVendor.good)(response, arrived);
}
