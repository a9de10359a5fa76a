import { askJob, submitJob } from "../ask-job.ts";
import type { Catalog } from "../catalog.ts";
import type { KeyedDeclaration, ProviderParts } from "../declaration.ts";
import { hookUrlOf } from "../hook-address.ts";
import type { Provider, ProviderCall, Standing, Submission, Using } from "../provider.ts";
import { vendorFailure } from "../vendor-failures.ts";
import { rememberUploads, type UploadedOnce } from "../upload-file.ts";
import { downloadOutput } from "../way-out.ts";
import {
  cutOutSchema,
  magnificHandleSchema,
  magnificRefusal,
  magnificTaskSchema,
  type MagnificHandle,
} from "./magnific-answers.ts";
import { readMagnificHook } from "./magnific-hooks.ts";
import { picturesOfCall } from "./magnific-pictures.ts";
import type { MagnificPost, MagnificWire } from "./magnific-wire.ts";
import { statusPaths } from "./status-paths.ts";

/** What Magnific is opened with. */
export interface MagnificParts {
  readonly declared: Pick<KeyedDeclaration, "id" | "title" | "key">;
  readonly catalog: Catalog<MagnificWire>;
  readonly parts: ProviderParts;
}

/** Opens Magnific at the first origin of its key. */
export function createMagnific(opened: MagnificParts): Provider {
  const uploadedOnce = rememberUploads(opened.parts.clock);
  return {
    ...opened.declared,
    // Tasks cannot be found by anything of ours: a lost answer stays unknown.
    recovery: "D",
    concurrency: 10,
    // The lowest of the limits that its documentation names for a key.
    callsPerMinute: 50,
    models: () => opened.catalog.models,
    submit: (call) => submit(opened, uploadedOnce, call),
    poll: (handle, using) => poll(opened, handle, using),
    ...(opened.parts.publicUrl !== null && { readHook: readMagnificHook }),
  };
}

async function submit(
  { declared, catalog, parts }: MagnificParts,
  uploadedOnce: UploadedOnce,
  call: ProviderCall,
): Promise<Submission> {
  const { request, model, seed } = call;
  const { wire, params } = catalog.rowOf(model);
  const own = Object.fromEntries(
    Object.entries(request.settings).filter(([name]) => Object.hasOwn(params, name)),
  );
  const pictures = picturesOfCall(parts, declared, call, uploadedOnce);
  const post = await wire.ask({ request, own, seed, pictures });
  return { kind: "accepted", handle: JSON.stringify(await order(declared, parts, call, post)) };
}

async function order(
  declared: MagnificParts["declared"],
  parts: ProviderParts,
  call: ProviderCall,
  { path, body, notes = [] }: MagnificPost,
): Promise<MagnificHandle> {
  const [origin = ""] = declared.key.origins;
  const asked = { address: `${origin}${path}`, refusal: magnificRefusal };
  if (path === "/v1/ai/beta/remove-background") {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(body)) form.set(name, String(value));
    const sent = { ...asked, body: form, accepted: cutOutSchema };
    const file = await submitJob(parts, declared, call, sent);
    return { v: 1, statusUrl: null, files: [file], notes: [...notes] };
  }
  const webhook_url = hookUrlOf(parts, call);
  const told = webhook_url === null ? body : { ...body, webhook_url };
  const sent = { ...asked, body: told, accepted: magnificTaskSchema };
  const { task_id } = await submitJob(parts, declared, call, sent);
  const statusUrl = `${origin}${statusPaths[path].replace("{task-id}", task_id)}`;
  return { v: 1, statusUrl, files: [], notes: [...notes] };
}

async function poll(
  { declared, parts }: MagnificParts,
  handle: string,
  using: Using,
): Promise<Standing> {
  const { statusUrl, files, notes } = magnificHandleSchema.parse(JSON.parse(handle));
  const made = statusUrl === null ? files : await askTask(declared, parts, using, statusUrl);
  if (!made) return { kind: "running", done: null };
  const outputs = await Promise.all(
    made.map((file) => downloadOutput(parts.egress, declared, file, using.signal)),
  );
  // No answer of Magnific's tells what it billed.
  const result = { outputs, billedCredits: null, billedMicroDollars: null, notes };
  return { kind: "done", result };
}

/** The files of a task, null while it is worked on. Throws a CallFailure when it came to nothing. */
async function askTask(
  declared: MagnificParts["declared"],
  parts: ProviderParts,
  using: Using,
  address: string,
): Promise<readonly string[] | null> {
  const asked = { address, standing: magnificTaskSchema };
  const { status, generated, has_nsfw } = await askJob(parts, declared, using, asked);
  if (status === "CREATED" || status === "IN_PROGRESS") return null;
  const isWithheld = has_nsfw?.some((isWrong) => isWrong) === true;
  if (isWithheld) throw vendorFailure(declared, { kind: "moderation", side: "result" }, null);
  if (status === "COMPLETED" && generated && generated.length > 0) return generated;
  // A task that failed never says why.
  throw vendorFailure(declared, { kind: "provider" }, null);
}
