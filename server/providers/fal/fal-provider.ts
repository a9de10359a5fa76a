import type { Fetch, Limits } from "../../egress.ts";
import { askFailure, hearOfJob, submitThrough } from "../ask-job.ts";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import type { Heard } from "../hear.ts";
import { hookUrlOf } from "../hook-address.ts";
import {
  CallFailure,
  type Provider,
  type ProviderCall,
  type Standing,
  type Submission,
  type Using,
} from "../provider.ts";
import { vendorFailure } from "../vendor-failures.ts";
import { downloadOutput } from "../way-out.ts";
import { chooseWay } from "./choose-way.ts";
import {
  falAcceptedSchema,
  falBilled,
  falCancelSchema,
  falFiles,
  falHandleSchema,
  falRefusal,
  falStandingSchema,
  isModelFailure,
  isWithheld,
  type FalHandle,
} from "./fal-answers.ts";
import { createFalHooks } from "./fal-hooks.ts";
import { falInput } from "./fal-input.ts";
import { openFalStorage, type FalStorage } from "./fal-storage.ts";
import { falCatalog } from "./models.ts";
import { refuseFiles } from "./refuse-files.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** The key is put in on the way out; the client only wants to have one. */
const placeholder = "put-in-on-the-way-out";

/** A result does not wait for its bill. */
const billLimits: Limits = { deadlineMs: 5_000, maxBytes: 1_000_000 };

/** Opens fal. */
export function createFal(declared: Declared, parts: ProviderParts): Provider {
  const storageOf = openFalStorage(declared, parts);
  return {
    ...declared,
    // A job has no name of ours: a lost answer stays unknown.
    recovery: "D",
    // What an account may not run at a time waits in fal's own queue.
    concurrency: 10,
    models: () => falCatalog.models,
    submit: (call) => submit(declared, parts, call, storageOf(call)),
    poll: (handle, using) => poll(declared, parts, handle, using),
    cancel: (handle, using) => cancel(declared, parts, handle, using),
    ...(parts.publicUrl !== null && { readHook: createFalHooks(parts.egress) }),
  };
}

async function submit(
  declared: Declared,
  parts: ProviderParts,
  call: ProviderCall,
  storage: FalStorage,
): Promise<Submission> {
  const { request, model, seed, signal } = call;
  const { title, wire } = falCatalog.rowOf(model);
  const way = chooseWay(declared, title, wire.ways, request);
  if (way instanceof CallFailure) throw way;
  refuseFiles(declared, title, way, request);
  const { picture } = wire;
  const input = await falInput({ provider: declared, request, way, picture, storage }, seed);
  const webhookUrl = hookUrlOf(parts, call);
  const { createFalClient } = await import("@fal-ai/client");
  const taken = await submitThrough(parts, declared, call, {
    ask: (fetch) =>
      createFalClient({ credentials: placeholder, fetch }).queue.submit(way.endpoint, {
        input,
        abortSignal: signal,
        // fal itself would try up to ten times.
        headers: { "x-fal-no-retry": "1" },
        ...(webhookUrl !== null && { webhookUrl }),
      }),
    accepted: falAcceptedSchema,
    refusal: falRefusal,
  });
  const handle: FalHandle = {
    v: 1,
    requestId: taken.request_id,
    statusUrl: taken.status_url,
    responseUrl: taken.response_url,
    cancelUrl: taken.cancel_url,
    output: wire.output,
  };
  return { kind: "accepted", handle: JSON.stringify(handle) };
}

async function poll(
  declared: Declared,
  parts: ProviderParts,
  handle: string,
  using: Using,
): Promise<Standing> {
  const { statusUrl, responseUrl, requestId, output } = falHandleSchema.parse(JSON.parse(handle));
  const ask = (address: string) =>
    hearOfJob(parts, declared, using, (fetch) => fetch(address, { signal: using.signal }));
  const standing = await ask(statusUrl);
  const read = standing.status < 300 ? falStandingSchema.safeParse(standing.said) : null;
  if (!read?.success) throw troubleOf(declared, parts, standing);
  if (read.data.status !== "COMPLETED") return { kind: "running", done: null };
  const result = await ask(responseUrl);
  const files = result.status < 300 ? falFiles(output, result.said) : null;
  if (files === null) throw troubleOf(declared, parts, result);
  if (isWithheld(result.said)) {
    throw vendorFailure(declared, { kind: "moderation", side: "result" }, null);
  }
  const outputs = await Promise.all(
    files.map((address) => downloadOutput(parts.egress, declared, address, using.signal)),
  );
  const billedMicroDollars = await billed(declared, parts, requestId, using);
  return {
    kind: "done",
    result: { outputs, billedCredits: null, billedMicroDollars, notes: [] },
  };
}

/** What an answer about a job means that is no standing and no result. */
function troubleOf(declared: Declared, { clock }: ProviderParts, heard: Heard): CallFailure {
  const { status, said } = heard;
  const trouble = falRefusal(status, said);
  if (trouble) return vendorFailure(declared, trouble, null);
  // fal does not bill what ended with 5xx (https://fal.ai/docs).
  if (isModelFailure(status, said)) return vendorFailure(declared, { kind: "provider" }, false);
  return askFailure(declared, heard, clock.nowMs());
}

/**
 * What fal billed, where it says so at once: its list may lag behind by a second, and the quoted price
 * stands then.
 */
async function billed(
  declared: Declared,
  parts: ProviderParts,
  requestId: string,
  using: Using,
): Promise<number | null> {
  const address = `https://api.fal.ai/v1/models/billing-events?request_id=${requestId}&limit=1`;
  try {
    const ask = (fetch: Fetch) => fetch(address, { signal: using.signal });
    const { status, said } = await hearOfJob(parts, declared, using, ask, billLimits);
    return status < 300 ? falBilled(requestId, said) : null;
  } catch (error) {
    if (error instanceof CallFailure) return null;
    throw error;
  }
}

/**
 * Asks fal to stop. "OK" says that it stood in the queue still and was taken out of it, which costs
 * nothing; what already runs may be billed whatever becomes of it.
 */
async function cancel(
  declared: Declared,
  parts: ProviderParts,
  handle: string,
  using: Using,
): Promise<boolean> {
  const { cancelUrl } = falHandleSchema.parse(JSON.parse(handle));
  const { status, said } = await hearOfJob(parts, declared, using, (fetch) =>
    fetch(cancelUrl, { method: "PUT", signal: using.signal }),
  );
  const read = falCancelSchema.safeParse(said);
  return status < 300 && read.success && read.data.status === "OK";
}
