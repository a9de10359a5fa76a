import type { Fetch } from "../../egress.ts";
import { askThrough, hearOfJob, submitThrough } from "../ask-job.ts";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import type { Provider, ProviderCall, Standing, Submission, Using } from "../provider.ts";
import { vendorFailure } from "../vendor-failures.ts";
import { answerLimits, downloadOutput } from "../way-out.ts";
import { runwayCatalog } from "./models.ts";
import {
  isAtWork,
  runwayAcceptedSchema,
  runwayBilled,
  runwayHandleSchema,
  runwayRefusal,
  runwayStandingSchema,
  runwayTrouble,
  type RunwayHandle,
  type RunwayStanding,
} from "./runway-answers.ts";
import { runwayTask } from "./runway-request.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** Opens Runway. */
export function createRunway(declared: Declared, parts: ProviderParts): Provider {
  return {
    ...declared,
    // A task has no name of ours: a lost answer stays unknown.
    recovery: "D",
    // What an account may not run at a time is throttled by Runway itself.
    concurrency: 5,
    models: () => runwayCatalog.models,
    submit: (call) => submit(declared, parts, call),
    poll: (handle, using) => poll(declared, parts, handle, using),
    cancel: (handle, using) => cancel(declared, parts, handle, using),
  };
}

/** Runway's client, which never tries again and takes no word of the environment. */
async function openClient(fetch: Fetch) {
  const { default: RunwayML } = await import("@runwayml/sdk");
  return new RunwayML({
    apiKey: "put-in-on-the-way-out",
    baseURL: "https://api.dev.runwayml.com",
    fetch,
    maxRetries: 0,
    // The way out has a deadline of its own, which says whether the request was sent.
    timeout: 2 * answerLimits.job.deadlineMs,
    logLevel: "off",
  });
}

async function submit(
  declared: Declared,
  parts: ProviderParts,
  call: ProviderCall,
): Promise<Submission> {
  const { request, model, seed, signal } = call;
  const { title, wire } = runwayCatalog.rowOf(model);
  const { path, body } = await runwayTask(declared, title, wire, request, seed);
  const { id } = await submitThrough(parts, declared, call, {
    ask: async (fetch) => (await openClient(fetch)).post(path, { body, signal }),
    accepted: runwayAcceptedSchema,
    refusal: runwayRefusal,
  });
  const handle: RunwayHandle = { v: 1, id };
  return { kind: "accepted", handle: JSON.stringify(handle) };
}

function retrieve(
  declared: Declared,
  parts: ProviderParts,
  handle: string,
  using: Using,
): Promise<RunwayStanding> {
  const { id } = runwayHandleSchema.parse(JSON.parse(handle));
  return askThrough(parts, declared, using, {
    ask: async (fetch) => (await openClient(fetch)).tasks.retrieve(id, { signal: using.signal }),
    standing: runwayStandingSchema,
  });
}

async function poll(
  declared: Declared,
  parts: ProviderParts,
  handle: string,
  using: Using,
): Promise<Standing> {
  const task = await retrieve(declared, parts, handle, using);
  if (isAtWork(task)) return { kind: "running", done: task.progress ?? null };
  const billedMicroDollars = runwayBilled(task);
  const { output } = task;
  if (task.status !== "SUCCEEDED" || !output || output.length === 0) {
    const isBilled = billedMicroDollars === null ? null : billedMicroDollars > 0;
    throw vendorFailure(declared, runwayTrouble(task), isBilled);
  }
  const outputs = await Promise.all(
    output.map((address) => downloadOutput(parts.egress, declared, address, using.signal)),
  );
  return {
    kind: "done",
    result: { outputs, billedCredits: null, billedMicroDollars, notes: [] },
  };
}

/**
 * Asks Runway to stop. The same request deletes a task that has ended, with its result that was paid: one
 * is never sent for what is not at work. It costs nothing where Runway says so afterwards.
 */
async function cancel(
  declared: Declared,
  parts: ProviderParts,
  handle: string,
  using: Using,
): Promise<boolean> {
  if (!isAtWork(await retrieve(declared, parts, handle, using))) return false;
  const { id } = runwayHandleSchema.parse(JSON.parse(handle));
  await hearOfJob(parts, declared, using, async (fetch) =>
    (await openClient(fetch)).tasks.delete(id, { signal: using.signal }),
  );
  const after = await retrieve(declared, parts, handle, using);
  return after.status === "CANCELLED" && runwayBilled(after) === 0;
}
