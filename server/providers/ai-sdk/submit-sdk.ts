import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import type { ProviderCall, ProviderResult, Submission } from "../provider.ts";
import { answerLimits, wayOut } from "../way-out.ts";
import { askImage } from "./ask-image.ts";
import { askSpeech } from "./ask-speech.ts";
import { askText } from "./ask-text.ts";
import { paidFailure } from "./sdk-failures.ts";
import type { SdkVendor } from "./sdk-vendor.ts";
import { openPaidWire, type PaidWire } from "./sdk-wire.ts";
import { startVideo } from "./video-job.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** Asks a vendor of the AI SDK once. Throws a CallFailure, or a mistake of the program as it is. */
export async function submitSdk(
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
