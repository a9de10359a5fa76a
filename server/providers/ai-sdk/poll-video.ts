import { EgressError, type Fetch } from "../../egress.ts";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import type { Standing, Using } from "../provider.ts";
import { vendorFailure } from "../vendor-failures.ts";
import { answerLimits, downloadOutput, wayOut } from "../way-out.ts";
import { loadAi } from "./load-ai.ts";
import { questionFailure } from "./sdk-failures.ts";
import type { SdkModels } from "./sdk-models.ts";
import type { VideoWords } from "./sdk-vendor.ts";
import { openWire, type SdkWire } from "./sdk-wire.ts";
import { videoHandleSchema } from "./video-job.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;
type StatusOf = Awaited<ReturnType<typeof loadAi>>["experimental_getVideoStatus"];
type Status = Awaited<ReturnType<StatusOf>>;

/** How a clip stands that was started by this process or another; costs nothing. Throws a CallFailure. */
export async function pollVideo(
  declared: Declared,
  parts: ProviderParts,
  {
    open,
    video,
  }: { readonly open: (fetch: Fetch) => Promise<SdkModels>; readonly video: VideoWords },
  handle: string,
  using: Using,
): Promise<Standing> {
  const { id, operation, notes } = videoHandleSchema.parse(JSON.parse(handle));
  const wire = openWire(wayOut(parts.egress, declared, using, answerLimits.job));
  const models = await open(wire.fetch);
  if (!models.video) throw new Error(`${declared.title} makes no clips.`);
  const model = models.video(id);
  const { experimental_getVideoStatus: statusOf } = await loadAi();
  let status: Status;
  try {
    const { signal: abortSignal } = using;
    status = await statusOf(model, { operation, maxRetries: 0, abortSignal });
  } catch (error) {
    const ended = video.ended(await bodyOf(wire));
    if (ended) throw vendorFailure(declared, ended.trouble, ended.isBilled);
    throw questionFailure(declared, wire, error, parts.clock.nowMs());
  }
  const body = await bodyOf(wire);
  if (status.status === "pending") return { kind: "running", done: video.progress(body) };
  const [clip] = status.status === "completed" ? status.videos : [];
  if (clip?.type !== "url") {
    const ended = video.ended(body);
    throw vendorFailure(declared, ended?.trouble ?? { kind: "provider" }, ended?.isBilled ?? null);
  }
  const key = video.hasKeyedFiles ? using.key : null;
  const output = await downloadOutput(
    parts.egress,
    declared,
    withoutKey(clip.url),
    using.signal,
    key,
  );
  const metadata = status.status === "completed" ? status.providerMetadata : undefined;
  return {
    kind: "done",
    result: {
      outputs: [output],
      billedCredits: null,
      billedMicroDollars: video.billed(metadata),
      notes,
    },
  };
}

async function bodyOf(wire: SdkWire): Promise<unknown> {
  const last = wire.last();
  return last === null || last instanceof EgressError ? null : last.body();
}

/** The SDK glues the key of a client to addresses at Google (providers.md 3.4): no address of ours holds one. */
function withoutKey(address: string): string {
  const url = new URL(address);
  url.searchParams.delete("key");
  return url.href;
}
