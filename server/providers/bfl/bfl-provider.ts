import { askJob, submitJob } from "../ask-job.ts";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import { hookUrlOf } from "../hook-address.ts";
import type { Provider, ProviderCall, Standing, Submission, Using } from "../provider.ts";
import { vendorFailure } from "../vendor-failures.ts";
import { downloadOutput } from "../way-out.ts";
import {
  bflAcceptedSchema,
  bflHandleSchema,
  bflRefusal,
  bflStandingSchema,
  bflTrouble,
  type BflHandle,
} from "./bfl-answers.ts";
import { bflHookSecret, readBflHook } from "./bfl-hooks.ts";
import { bflBody } from "./bfl-request.ts";
import { bflCatalog } from "./models.ts";

/** A credit of Black Forest Labs is a cent (https://docs.bfl.ai/quick_start/pricing). */
const microDollarsOfCredit = 10_000;

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** Opens Black Forest Labs. */
export function createBfl(declared: Declared, parts: ProviderParts): Provider {
  return {
    ...declared,
    // Jobs cannot be found by anything of ours: a lost answer stays unknown.
    recovery: "D",
    // 24 tasks at a time for an account (providers.md 4.6).
    concurrency: 24,
    models: () => bflCatalog.models,
    submit: (call) => submit(declared, parts, call),
    poll: (handle, using) => poll(declared, parts, handle, using),
    ...(parts.publicUrl !== null && { readHook: readBflHook }),
  };
}

async function submit(
  declared: Declared,
  parts: ProviderParts,
  call: ProviderCall,
): Promise<Submission> {
  const { request, model, seed } = call;
  if (request.task !== "image") throw new Error(`${model} makes no ${request.task}.`);
  const { wire } = bflCatalog.rowOf(model);
  const { polling_url, cost } = await submitJob(parts, declared, call, {
    address: `https://api.bfl.ai${wire.path}`,
    body: { ...(await bflBody(request, seed, wire)), ...hookOf(parts, call) },
    accepted: bflAcceptedSchema,
    refusal: bflRefusal,
  });
  const handle: BflHandle = { v: 1, pollingUrl: polling_url, cost: cost ?? null };
  return { kind: "accepted", handle: JSON.stringify(handle) };
}

/** Where and how the vendor calls back about a call; nothing where the relay is not reached. */
function hookOf(parts: ProviderParts, call: ProviderCall): Record<string, unknown> {
  const webhook_url = hookUrlOf(parts, call);
  if (webhook_url === null || !call.key) return {};
  return { webhook_url, webhook_secret: bflHookSecret(call.key, call.reference) };
}

async function poll(
  declared: Declared,
  parts: ProviderParts,
  handle: string,
  using: Using,
): Promise<Standing> {
  const { pollingUrl, cost } = bflHandleSchema.parse(JSON.parse(handle));
  const { status, progress, result } = await askJob(parts, declared, using, {
    address: pollingUrl,
    standing: bflStandingSchema,
  });
  const trouble = bflTrouble(status);
  if (trouble) throw vendorFailure(declared, trouble, null);
  if (status !== "Ready" || !result) return { kind: "running", done: progress ?? null };
  const output = await downloadOutput(parts.egress, declared, result.sample, using.signal);
  const billedMicroDollars = cost === null ? null : Math.round(cost * microDollarsOfCredit);
  return {
    kind: "done",
    result: { outputs: [output], billedCredits: null, billedMicroDollars, notes: [] },
  };
}
