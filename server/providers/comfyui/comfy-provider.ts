import type { Model } from "#domain/model";
import {
  CallFailure,
  type Provider,
  type ProviderCall,
  type Standing,
  type Submission,
} from "../provider.ts";
import { readJson } from "../read-json.ts";
import { vendorFailure } from "../vendor-failures.ts";
import {
  comfyAcceptedSchema,
  comfyHandleSchema,
  comfyHistorySchema,
  comfyQueueSchema,
  comfyRefusalSchema,
  executionError,
  type ComfyFile,
  type ComfyHandle,
} from "./comfy-answers.ts";
import { comfyName, type ComfyServer } from "./comfy-server.ts";
import { fillGraph, type FileToSend } from "./fill-graph.ts";
import type { KeptWorkflow } from "./workflow-model.ts";

/** What the provider of workflows is made of. */
export interface ComfyParts {
  /** Null where the owner named none: the workflows are kept and say so. */
  readonly server: ComfyServer | null;
  /** The workflows as models, as they were known last. */
  readonly models: () => readonly Model[];
  readonly refresh: () => Promise<void>;
  /** A workflow by its id, or null when it was removed. */
  readonly find: (id: string) => Promise<KeptWorkflow | null>;
}

/** What a picture may be for a node that loads it. */
const pictureLimits = {
  mediaTypes: ["image/png", "image/jpeg", "image/webp"],
  sidePx: 8_192,
  maxBytes: 50_000_000,
} as const;

/**
 * A ComfyUI server that runs the team's own workflows. The id of a job is ours, so that one whose answer
 * was lost is found again (class B); what was made is free.
 */
export function createComfyUi({ server, models, refresh, find }: ComfyParts): Provider {
  const there = (): ComfyServer => {
    if (server) return server;
    throw failure(comfyServerUnavailable(null));
  };
  return {
    ...comfyName,
    recovery: "B",
    // It works on one at a time and lets the others wait in its own line.
    concurrency: 4,
    models,
    refresh,
    submit: async (call) => submit(there(), find, call),
    lookUp: async (reference, { signal }) => {
      const promptId = promptIdOf(reference);
      const isThere =
        (await isInLine(there(), promptId, signal)) || (await isOver(there(), promptId, signal));
      if (!isThere) return null;
      // Whose result is taken was sent beside the workflow.
      return { kind: "accepted", handle: handleOf({ promptId, output: "", notes: [] }) };
    },
    poll: async (handle, { signal }) => poll(there(), handle, signal),
    cancel: async (handle, { signal }) => {
      const { promptId } = comfyHandleSchema.parse(JSON.parse(handle));
      await there().send("/queue", { delete: [promptId] }, signal);
      await there().send("/interrupt", { prompt_id: promptId }, signal);
      return true;
    },
  };
}

/** Why workflows cannot run: no server is named, or it does not answer. */
export function comfyServerUnavailable(origin: string | null): string {
  return origin === null
    ? "The relay knows no ComfyUI. Its owner can name one: SPACES_COMFYUI_URL."
    : "ComfyUI does not answer. Start it, then try again.";
}

async function submit(
  server: ComfyServer,
  find: ComfyParts["find"],
  { model, reference, request, seed, signal }: ProviderCall,
): Promise<Submission> {
  const workflow = await find(model.slice(model.indexOf(":") + 1));
  if (!workflow) throw gone();
  const { graph, files, notes } = fillGraph(workflow, request, seed);
  for (const file of files) {
    const node = graph[file.node];
    if (node) node.inputs[file.input] = await sendFile(server, file, signal);
  }
  const promptId = promptIdOf(reference);
  const body = {
    prompt: graph,
    prompt_id: promptId,
    client_id: "spaces-for-figma",
    extra_data: { spaces_output: workflow.output },
  };
  const answer = await server.send("/prompt", body, signal);
  const said = await readJson(answer);
  if (!answer.ok) throw refusal(answer.status, said);
  if (!comfyAcceptedSchema.safeParse(said).success) {
    throw new CallFailure(
      {
        code: "provider-protocol",
        message: "ComfyUI answered in a way that the relay does not understand. It cost nothing.",
        provider: comfyName.id,
        isRetryable: true,
      },
      "unknown",
    );
  }
  return {
    kind: "accepted",
    handle: handleOf({ promptId, output: workflow.output, notes: [...notes] }),
  };
}

async function sendFile(
  server: ComfyServer,
  { file }: FileToSend,
  signal: AbortSignal,
): Promise<string> {
  const { asset } = file;
  const sent = asset.mediaType.startsWith("image/")
    ? await file.fit(pictureLimits)
    : { bytes: await file.read(), mediaType: asset.mediaType };
  const extension = sent.mediaType.split("/")[1] ?? "bin";
  return server.upload(`${asset.hash.slice(0, 32)}.${extension}`, sent, signal);
}

async function poll(server: ComfyServer, handle: string, signal: AbortSignal): Promise<Standing> {
  const { promptId, output, notes } = comfyHandleSchema.parse(JSON.parse(handle));
  const isWaiting = await isInLine(server, promptId, signal);
  // Read after the line: what leaves the line in between is in the history.
  const history = await server.read(`/history/${promptId}`, comfyHistorySchema, signal);
  const entry = history[promptId];
  if (!entry) {
    if (isWaiting) return { kind: "running", done: null };
    throw restarted();
  }
  if (entry.status?.status_str === "error") throw broken(executionError(entry.status.messages));
  const taken = output === "" ? entry.prompt?.[3].spaces_output : output;
  const own = entry.outputs[taken ?? ""] ?? Object.values(entry.outputs).flat();
  const files = keptFiles(own);
  if (files.length === 0) throw broken("the workflow made nothing to take");
  const outputs = [];
  for (const file of files) outputs.push(await server.download(file, signal));
  return {
    kind: "done",
    result: { outputs, billedCredits: 0, billedMicroDollars: 0, notes: [...notes] },
  };
}

/** Previews are taken only where nothing was kept. */
function keptFiles(files: readonly ComfyFile[]): readonly ComfyFile[] {
  const kept = files.filter(({ type }) => type === "output");
  return kept.length > 0 ? kept : files;
}

async function isInLine(
  server: ComfyServer,
  promptId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { queue_running, queue_pending } = await server.read("/queue", comfyQueueSchema, signal);
  return [...queue_running, ...queue_pending].some(([, id]) => id === promptId);
}

async function isOver(
  server: ComfyServer,
  promptId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const history = await server.read(`/history/${promptId}`, comfyHistorySchema, signal);
  return Object.hasOwn(history, promptId);
}

/** Our reference in the form of the ids that ComfyUI makes itself, a UUID. */
function promptIdOf(reference: string): string {
  const hex = reference
    .replace(/[^0-9a-f]/g, "")
    .padEnd(32, "0")
    .slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function handleOf(handle: Omit<ComfyHandle, "v">): string {
  return JSON.stringify({ v: 1, ...handle } satisfies ComfyHandle);
}

function refusal(status: number, said: unknown): CallFailure {
  const read = comfyRefusalSchema.safeParse(said);
  if (status >= 500 || !read.success) return vendorFailure(comfyName, { kind: "provider" });
  const { error, node_errors } = read.data;
  const [first] = Object.values(node_errors ?? {});
  const [fault] = first?.errors ?? [];
  const whole = typeof error === "string" ? error : error.message;
  const words = fault
    ? `${first?.class_type ?? "a node"}: ${fault.message}${fault.details ? ` (${fault.details})` : ""}`
    : whole;
  return vendorFailure(comfyName, { kind: "validation", field: null, said: words });
}

function broken(said: string | null): CallFailure {
  const reason =
    said === null ? "" : `: ${said.slice(0, 300).replace(/\s+/g, " ").replace(/\.$/, "")}`;
  return failure(
    `ComfyUI could not finish the workflow${reason}. It cost nothing; look at it there.`,
  );
}

function restarted(): CallFailure {
  return failure(
    "ComfyUI does not know this job any more: it was restarted, or its history was cleared. It cost nothing; run it again.",
  );
}

function gone(): CallFailure {
  return failure("This workflow was removed. It cost nothing; choose another model.");
}

function failure(message: string): CallFailure {
  return new CallFailure(
    { code: "provider-unavailable", message, provider: comfyName.id, isRetryable: false },
    "not-billed",
  );
}
