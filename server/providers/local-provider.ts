import * as z from "zod";
import { assemblePrompt } from "../local/assemble-prompt.ts";
import { draftStyles } from "../local/draft-picture.ts";
import { MediaFailure } from "../local/media-failure.ts";
import type { MediaOperation } from "../local/media-messages.ts";
import { createMediaPool, type MediaPool } from "../local/media-pool.ts";
import type { PictureFacts } from "../local/picture-facts.ts";
import { upscaleFlavours } from "../local/upscale-picture.ts";
import { draftRatios, localModels } from "./local-models.ts";
import {
  CallFailure,
  type AssetInput,
  type ModelRequest,
  type Output,
  type Provider,
  type ProviderCall,
  type ProviderResult,
} from "./provider.ts";

/** The local provider, which has threads to end. */
export interface LocalProvider extends Provider {
  close(): Promise<void>;
}

/** Threads for picture work; heavy pieces take turns in any case. */
const workers = 2;

/**
 * The keyless provider: real picture and text work on this machine, free and the same each time for
 * the same request. Being deterministic it may be asked again after a crash (class A).
 */
export function createLocalProvider(): LocalProvider {
  const pool = createMediaPool({ workers });
  return {
    id: "local",
    title: "The local provider",
    recovery: "A",
    concurrency: 4,
    models: () => localModels,
    submit: async (call) => {
      try {
        return { kind: "done", result: await answer(pool, call) };
      } catch (error) {
        if (error instanceof MediaFailure) throw failureOf(error.code, error.message);
        throw error;
      }
    },
    close: () => pool.close(),
  };
}

function answer(pool: MediaPool, call: ProviderCall): Promise<ProviderResult> {
  const { request } = call;
  switch (request.task) {
    case "image":
      return drawDrafts(pool, call, request);
    case "upscale":
      return enlarge(pool, call, request);
    case "camera":
      return turnCamera(pool, call, request);
    case "text":
      return write(pool, call, request);
    case "video":
    case "audio":
      // checkGraph refuses these beforehand: their models say that they are unavailable.
      throw failureOf("input-invalid", `The local provider makes no ${request.task}.`);
  }
}

type Request<Task extends ModelRequest["task"]> = Extract<ModelRequest, { readonly task: Task }>;

const draftSettings = z.object({
  ratio: z.enum(Object.keys(draftRatios) as [keyof typeof draftRatios]),
  size: z.coerce.number(),
  style: z.enum(draftStyles),
});

async function drawDrafts(
  pool: MediaPool,
  call: ProviderCall,
  request: Request<"image">,
): Promise<ProviderResult> {
  const { ratio, size, style } = draftSettings.parse(request.settings);
  const references = await Promise.all(request.references.map((each) => each.read()));
  const shape = draftRatios[ratio];
  const operation = {
    kind: "draft",
    prompt: request.prompt,
    widthPx: Math.round(shape >= 1 ? size : size * shape),
    heightPx: Math.round(shape >= 1 ? size / shape : size),
    references,
    style,
  } as const;
  const outputs: Output[] = [];
  const notes: string[] = [];
  for (let at = 0; at < request.count; at += 1) {
    const seed = (call.seed + at) % 2_147_483_648;
    const picture = await makePicture(pool, call, { ...operation, seed }, at / request.count);
    outputs.push({ kind: "bytes", bytes: picture.bytes });
    notes.push(...picture.notes);
    call.onProgress((at + 1) / request.count);
  }
  return resultOf(outputs, notes);
}

const upscaleSettings = z.object({
  flavour: z.enum(upscaleFlavours),
  sharpen: z.number(),
  grain: z.number(),
});

async function enlarge(
  pool: MediaPool,
  call: ProviderCall,
  request: Request<"upscale">,
): Promise<ProviderResult> {
  const settings = upscaleSettings.parse(request.settings);
  const scale = z.literal([2, 4, 8, 16]).parse(request.scale);
  const image = await request.image.read();
  const picture = await makePicture(pool, call, { kind: "upscale", image, scale, ...settings });
  return resultOf([{ kind: "bytes", bytes: picture.bytes }], picture.notes);
}

async function turnCamera(
  pool: MediaPool,
  call: ProviderCall,
  request: Request<"camera">,
): Promise<ProviderResult> {
  const { horizontalDegrees, verticalDegrees, zoom } = request;
  const image = await request.image.read();
  const view = { horizontalDegrees: (horizontalDegrees + 360) % 360, verticalDegrees, zoom };
  const picture = await makePicture(pool, call, { kind: "camera", image, ...view });
  return resultOf([{ kind: "bytes", bytes: picture.bytes }], picture.notes);
}

async function write(
  pool: MediaPool,
  call: ProviderCall,
  request: Request<"text">,
): Promise<ProviderResult> {
  const references: PictureFacts[] = [];
  for (const reference of request.references) {
    references.push(await describe(pool, call, reference));
  }
  const assembly = assemblePrompt({
    instruction: request.instruction,
    texts: request.texts,
    references,
    seed: call.seed,
    listItems: request.listItems,
  });
  if (assembly.kind === "refused") throw failureOf("input-invalid", assembly.sentence);
  const texts = assembly.kind === "text" ? [assembly.text] : assembly.items;
  return resultOf(
    texts.map((text) => ({ kind: "text", text })),
    assembly.notes,
  );
}

async function describe(
  pool: MediaPool,
  call: ProviderCall,
  reference: AssetInput,
): Promise<PictureFacts> {
  if (!reference.asset.mediaType.startsWith("image/")) {
    throw failureOf(
      "input-invalid",
      "The local assistant can look at pictures only, not at clips.",
    );
  }
  const operation = { kind: "describe", image: await reference.read() } as const;
  const result = await pool.run(operation, { signal: call.signal });
  if (result.kind !== "facts") throw new Error("A description came back as a picture.");
  return result.facts;
}

async function makePicture(
  pool: MediaPool,
  call: ProviderCall,
  operation: MediaOperation,
  startsAt = 0,
) {
  const isWhole = operation.kind !== "draft";
  const result = await pool.run(operation, {
    signal: call.signal,
    onProgress: (done) => {
      if (isWhole) call.onProgress(startsAt + done);
    },
  });
  if (result.kind !== "picture") throw new Error("A picture came back as a description.");
  return result;
}

function resultOf(outputs: readonly Output[], notes: readonly string[]): ProviderResult {
  return { outputs, billedCredits: 0, notes: [...new Set(notes)] };
}

/** Nothing local is ever billed. */
function failureOf(code: MediaFailure["code"], message: string): CallFailure {
  return new CallFailure(
    { code, message, provider: "local", isRetryable: code !== "input-invalid" },
    "not-billed",
  );
}
