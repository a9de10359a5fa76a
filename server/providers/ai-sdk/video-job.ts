import * as z from "zod";
import type { AssetInput, ModelRequest, Provider, ProviderCall } from "../provider.ts";
import { loadAi } from "./load-ai.ts";
import { notesOf } from "./sdk-notes.ts";
import type { VideoModel } from "./sdk-models.ts";
import type { VideoRow } from "./sdk-row.ts";

type VideoRequest = Extract<ModelRequest, { readonly task: "video" }>;

/**
 * What is kept of a clip that is being made: the vendor's id of the model, what the SDK calls the
 * operation ({operationName} of Google, {requestId} of xAI; providers.md 3.4), and notes of the start.
 */
export const videoHandleSchema = z.object({
  v: z.literal(1),
  id: z.string(),
  operation: z.record(z.string(), z.string()),
  notes: z.array(z.string()),
});
/** What is kept of a clip that is being made. */
export type VideoHandle = z.infer<typeof videoHandleSchema>;

/** Starts a clip, and gives what has to be kept to ask for it from any process. Throws what the SDK throws. */
export async function startVideo(
  provider: Pick<Provider, "id" | "title">,
  { model, id }: { readonly model: VideoModel; readonly id: string },
  row: VideoRow,
  { seed, signal, reference }: Pick<ProviderCall, "seed" | "signal" | "reference">,
  request: VideoRequest,
): Promise<VideoHandle> {
  const { experimental_startVideo: start } = await loadAi();
  const frames = [
    ...(await framesOf(row, request.first, "first_frame")),
    ...(await framesOf(row, request.last, "last_frame")),
  ];
  const { references, notes } = await referencesOf(row, request, frames.length > 0);
  const { options, ...wish } = row.wish(request.settings);
  const { operation, warnings } = await start({
    model,
    prompt: request.prompt,
    n: 1,
    ...wish,
    ...(frames.length > 0 && { frameImages: frames }),
    ...(references.length > 0 && { inputReferences: references }),
    ...(row.takesSeed && { seed }),
    ...(options && { providerOptions: options }),
    maxRetries: 0,
    abortSignal: signal,
    // No vendor is known to honour it; it costs nothing and is the same for every repetition of the try.
    headers: { "idempotency-key": reference },
  });
  const left = [...notes, ...notesOf(provider, warnings)];
  return videoHandleSchema.parse({ v: 1, id, operation, notes: left });
}

async function framesOf(
  { pictures }: VideoRow,
  picture: AssetInput | null,
  frameType: "first_frame" | "last_frame",
) {
  return picture ? [{ image: (await picture.fit(pictures)).bytes, frameType }] : [];
}

/** References are for clips without frames alone: no vendor of ours takes both. */
async function referencesOf(
  { pictures: limits, mostReferences }: VideoRow,
  { references }: VideoRequest,
  hasFrames: boolean,
) {
  const most = hasFrames ? 0 : mostReferences;
  const pictures = references.filter(({ asset }) => asset.mediaType.startsWith("image/"));
  const taken = await Promise.all(
    pictures.slice(0, most).map(async (picture) => {
      const { bytes, mediaType } = await picture.fit(limits);
      return { data: bytes, mediaType };
    }),
  );
  const isShort = taken.length < references.length;
  const why = hasFrames ? "beside a first or last frame" : "of this kind, or so many of them";
  const notes = isShort ? [`Not all references were used: the model takes none ${why}.`] : [];
  return { references: taken, notes };
}
