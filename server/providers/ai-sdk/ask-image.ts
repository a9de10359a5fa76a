import type { ImageModel } from "ai";
import type { ModelRequest, Provider, ProviderCall, ProviderResult } from "../provider.ts";
import { loadAi } from "./load-ai.ts";
import { notesOf } from "./sdk-notes.ts";
import type { ImageRow } from "./sdk-row.ts";

type ImageRequest = Extract<ModelRequest, { readonly task: "image" }>;

/** Asks an image model once for all pictures of a call. Throws what the SDK throws. */
export async function askImage(
  provider: Pick<Provider, "id" | "title">,
  model: ImageModel,
  row: ImageRow,
  { seed, signal }: Pick<ProviderCall, "seed" | "signal">,
  request: ImageRequest,
): Promise<ProviderResult> {
  const { generateImage } = await loadAi();
  const { prompt, notes } = await promptOf(row, request);
  const { size, aspectRatio, options } = row.wish(request.settings);
  const made = await generateImage({
    model,
    prompt,
    n: request.count,
    // Never more than one request, whatever the SDK believes the model makes at a time.
    maxImagesPerCall: request.count,
    maxRetries: 0,
    abortSignal: signal,
    ...(size && { size }),
    ...(aspectRatio && { aspectRatio }),
    ...(row.takesSeed && { seed }),
    ...(options && { providerOptions: options }),
  });
  return {
    outputs: made.images.map(({ uint8Array }) => ({ kind: "bytes", bytes: uint8Array })),
    billedCredits: null,
    billedMicroDollars: row.billed?.(made.usage, made.calls[0]?.providerMetadata) ?? null,
    notes: [...notes, ...notesOf(provider, made.warnings)],
  };
}

type Prompt = Parameters<Awaited<ReturnType<typeof loadAi>>["generateImage"]>[0]["prompt"];

async function promptOf(
  { pictures: limits, mostReferences, takesMask }: ImageRow,
  { prompt, references, mask }: ImageRequest,
): Promise<{ readonly prompt: Prompt; readonly notes: readonly string[] }> {
  const pictures = references.filter(({ asset }) => asset.mediaType.startsWith("image/"));
  const fitted = await Promise.all(
    pictures.slice(0, mostReferences).map((picture) => picture.fit(limits)),
  );
  const [first] = fitted;
  const notes = mask && !first ? ["The mask was not used: it needs a reference to lie on."] : [];
  if (!first) return { prompt, notes };
  const masked = mask && takesMask ? await mask.asMask("transparent", first) : null;
  return {
    prompt: {
      text: prompt,
      images: fitted.map(({ bytes }) => bytes),
      ...(masked && { mask: masked.bytes }),
    },
    notes,
  };
}
