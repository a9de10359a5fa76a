import { askJob, hearOfJob, submitThrough } from "../ask-job.ts";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import { hookUrlOf } from "../hook-address.ts";
import {
  CallFailure,
  type FittedPicture,
  type Provider,
  type ProviderCall,
  type Standing,
  type Submission,
  type Using,
} from "../provider.ts";
import { readRetryAfter } from "../retry-after.ts";
import { submitFailure } from "../send-failures.ts";
import { vendorFailure } from "../vendor-failures.ts";
import { downloadOutput } from "../way-out.ts";
import { replicateCatalog } from "./models.ts";
import {
  addressesIn,
  isUnbegun,
  replicateAcceptedSchema,
  replicateFileSchema,
  replicateHandleSchema,
  replicateRefusal,
  replicateStandingSchema,
  replicateTrouble,
  type ReplicateHandle,
} from "./replicate-answers.ts";
import { createReplicateHooks } from "./replicate-hooks.ts";
import { replicateInput } from "./replicate-input.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** Opens Replicate. */
export function createReplicate(declared: Declared, parts: ProviderParts): Provider {
  return {
    ...declared,
    // A prediction has no name of ours: a lost answer stays unknown.
    recovery: "D",
    concurrency: 10,
    // 600 predictions a minute for an account (https://replicate.com/docs/topics/predictions/rate-limits).
    callsPerMinute: 500,
    models: () => replicateCatalog.models,
    submit: (call) => submit(declared, parts, call),
    poll: (handle, using) => poll(declared, parts, handle, using),
    cancel: (handle, using) => cancel(declared, parts, handle, using),
    ...(parts.publicUrl !== null && { readHook: createReplicateHooks(declared, parts) }),
  };
}

async function submit(
  declared: Declared,
  parts: ProviderParts,
  call: ProviderCall,
): Promise<Submission> {
  const { request, model, seed, signal } = call;
  if (request.task !== "image") throw new Error(`${model} makes no ${request.task}.`);
  const { id, wire } = replicateCatalog.rowOf(model);
  const input = await replicateInput(wire, request, seed, (picture) =>
    upload(declared, parts, call, picture),
  );
  const webhook = hookUrlOf(parts, call);
  const { default: Replicate } = await import("replicate");
  const { urls } = await submitThrough(parts, declared, call, {
    ask: (fetch) =>
      new Replicate({
        auth: "put-in-on-the-way-out",
        fetch,
        useFileOutput: false,
      }).predictions.create({
        model: id,
        input,
        signal,
        ...(webhook !== null && { webhook, webhook_events_filter: ["completed"] }),
      }),
    accepted: replicateAcceptedSchema,
    refusal: replicateRefusal,
  });
  const handle: ReplicateHandle = { v: 1, getUrl: urls.get, cancelUrl: urls.cancel };
  return { kind: "accepted", handle: JSON.stringify(handle) };
}

/** Uploads a picture, which costs nothing; Replicate's client would do it again and again by itself. */
async function upload(
  declared: Declared,
  parts: ProviderParts,
  using: Using,
  { bytes, mediaType }: FittedPicture,
): Promise<string> {
  const form = new FormData();
  form.append("content", new Blob([new Uint8Array(bytes)], { type: mediaType }), "picture");
  const { status, headers, said } = await beforePaying(() =>
    hearOfJob(parts, declared, using, (fetch) =>
      fetch("https://api.replicate.com/v1/files", {
        method: "POST",
        body: form,
        signal: using.signal,
      }),
    ),
  );
  const read = status < 300 ? replicateFileSchema.safeParse(said) : null;
  if (read?.success) return read.data.urls.get;
  const retryAfterMs = readRetryAfter(headers, parts.clock.nowMs());
  const refused = status < 300 ? 502 : status;
  throw submitFailure(declared, { kind: "refused", status: refused, retryAfterMs });
}

/** Nothing was asked for yet that costs anything, whatever became of this. */
async function beforePaying<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CallFailure) throw new CallFailure(error.failure, "not-billed");
    throw error;
  }
}

async function poll(
  declared: Declared,
  parts: ProviderParts,
  handle: string,
  using: Using,
): Promise<Standing> {
  const { getUrl } = replicateHandleSchema.parse(JSON.parse(handle));
  const standing = await askJob(parts, declared, using, {
    address: getUrl,
    standing: replicateStandingSchema,
  });
  const { status } = standing;
  if (status === "starting" || status === "processing") return { kind: "running", done: null };
  if (status !== "succeeded") {
    throw vendorFailure(declared, replicateTrouble(standing), isUnbegun(standing) ? false : null);
  }
  const files = addressesIn(standing.output);
  // Replicate deletes what a prediction made after an hour.
  if (files.length === 0) throw vendorFailure(declared, { kind: "expired" }, null);
  const outputs = await Promise.all(
    files.map((address) => downloadOutput(parts.egress, declared, address, using.signal)),
  );
  return {
    kind: "done",
    result: { outputs, billedCredits: null, billedMicroDollars: null, notes: [] },
  };
}

/** Asks Replicate to stop; free for certain is only what had not begun. */
async function cancel(
  declared: Declared,
  parts: ProviderParts,
  handle: string,
  using: Using,
): Promise<boolean> {
  const { cancelUrl } = replicateHandleSchema.parse(JSON.parse(handle));
  const { status, said } = await hearOfJob(parts, declared, using, (fetch) =>
    fetch(cancelUrl, { method: "POST", signal: using.signal }),
  );
  const read = replicateStandingSchema.safeParse(said);
  return status < 300 && read.success && isUnbegun(read.data);
}
