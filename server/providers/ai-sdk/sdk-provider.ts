import type { Fetch } from "../../egress.ts";
import type { Catalog } from "../catalog.ts";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import type { Provider, ProviderCall, ProviderResult, Submission } from "../provider.ts";
import type { SubmitOptions } from "../submit-once.ts";
import { answerLimits, wayOut } from "../way-out.ts";
import { askImage } from "./ask-image.ts";
import { askSpeech } from "./ask-speech.ts";
import { askText } from "./ask-text.ts";
import { pollVideo, type VideoWords } from "./poll-video.ts";
import { paidFailure, type VendorWords } from "./sdk-failures.ts";
import type { SdkModels } from "./sdk-models.ts";
import type { SdkRow } from "./sdk-row.ts";
import { openPaidWire, type PaidWire } from "./sdk-wire.ts";
import { startVideo } from "./video-job.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** A vendor that the AI SDK speaks to. */
export interface SdkVendor {
  readonly catalog: Catalog<SdkRow>;
  readonly words: VendorWords;
  /** How a question about a clip is answered; for vendors of clips. */
  readonly video?: VideoWords;
  /** See {@link SubmitOptions}. */
  readonly notTaken?: SubmitOptions["notTaken"];
  /** How many tries at a time. */
  readonly concurrency: number;
  /** Imports the vendor's package and opens its models on this way out, with {@link placeholderKey}. */
  readonly open: (fetch: Fetch) => Promise<SdkModels>;
}

/** What the SDK takes for a key: the egress puts the real one in its place. */
export const placeholderKey = "put-in-by-the-relay";

/** Opens a vendor of the AI SDK. Nothing is imported before its first call. */
export function createSdkProvider(
  declared: Declared,
  parts: ProviderParts,
  vendor: SdkVendor,
): Provider {
  const { catalog, concurrency, video } = vendor;
  return {
    ...declared,
    // No vendor here finds a request by anything of ours: a lost answer stays unknown.
    recovery: "D",
    concurrency,
    models: () => catalog.models,
    submit: (call) => submit(declared, parts, vendor, call),
    ...(video && {
      poll: (handle, using) =>
        pollVideo(declared, parts, { open: vendor.open, video }, handle, using),
    }),
  };
}

async function submit(
  declared: Declared,
  { egress, clock }: ProviderParts,
  vendor: SdkVendor,
  call: ProviderCall,
): Promise<Submission> {
  const limits = call.request.task === "video" ? answerLimits.job : answerLimits.result;
  const wire = openPaidWire({
    send: wayOut(egress, declared, call, limits),
    nowMs: clock.nowMs,
    ...(vendor.notTaken && { notTaken: vendor.notTaken }),
  });
  try {
    return await ask(declared, vendor, call, wire);
  } catch (error) {
    throw await paidFailure(declared, vendor.words, wire, error);
  }
}

async function ask(
  declared: Declared,
  { catalog, open }: SdkVendor,
  call: ProviderCall,
  wire: PaidWire,
): Promise<Submission> {
  const { id, wire: row } = catalog.rowOf(call.model);
  const models = await open(wire.fetch);
  const { request } = call;
  if (request.task === "text" && row.kind === "text" && models.text) {
    return done(await askText(declared, models.text(id), row, call, request));
  }
  if (request.task === "image" && row.kind === "image" && models.image) {
    return done(await askImage(declared, models.image(id), row, call, request));
  }
  if (request.task === "audio" && row.kind === "audio" && models.audio) {
    return done(await askSpeech(declared, models.audio(id), row, call, request, wire));
  }
  if (request.task === "video" && row.kind === "video" && models.video) {
    const asked = { model: models.video(id), id };
    const handle = await startVideo(declared, asked, row, call, request);
    return { kind: "accepted", handle: JSON.stringify(handle) };
  }
  throw new Error(`${call.model} makes no ${request.task}.`);
}

function done(result: ProviderResult): Submission {
  return { kind: "done", result };
}
