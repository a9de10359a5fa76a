import { askJob, submitJob } from "../ask-job.ts";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import { inputInvalid } from "../input-invalid.ts";
import type {
  AssetInput,
  ModelRequest,
  Output,
  ProviderCall,
  ProviderResult,
  Standing,
  Submission,
  Using,
} from "../provider.ts";
import { submitFailure } from "../send-failures.ts";
import { vendorFailure } from "../vendor-failures.ts";
import { answerLimits, downloadOutput } from "../way-out.ts";
import {
  interactionSchema,
  omniRefusal,
  omniStanding,
  type OmniHandle,
  type OmniStanding,
} from "./omni-answers.ts";
import type { OmniWire } from "./omni-models.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;
type VideoRequest = Extract<ModelRequest, { readonly task: "video" }>;

const interactions = "https://generativelanguage.googleapis.com/v1beta/interactions";

/**
 * Asks for a clip in the background, which answers at once with an id by which any process finds it. An
 * answer that holds the clip itself is its end.
 */
export async function submitOmni(
  declared: Declared,
  parts: ProviderParts,
  call: ProviderCall,
  request: VideoRequest,
  { id: model, wire }: { readonly id: string; readonly wire: OmniWire },
): Promise<Submission> {
  const said = await submitJob(parts, declared, call, {
    address: interactions,
    body: { model, ...(await omniBody(declared, request, wire)) },
    accepted: interactionSchema,
    refusal: omniRefusal,
    // Where it is made at once all the same, the answer waits for it.
    limits: answerLimits.result,
  });
  const standing = omniStanding(said);
  if (standing.kind === "ended") {
    throw vendorFailure(declared, standing.trouble, standing.isBilled);
  }
  if (standing.kind === "here") return { kind: "done", result: resultOf(standing.bytes) };
  if (said.id) {
    const handle: OmniHandle = { v: 1, interaction: said.id };
    return { kind: "accepted", handle: JSON.stringify(handle) };
  }
  if (standing.kind === "running") throw submitFailure(declared, { kind: "accepted" });
  return { kind: "done", result: await fetchClip(declared, parts, standing, call) };
}

/** How a clip stands that was started by this process or another; costs nothing. Throws a CallFailure. */
export async function pollOmni(
  declared: Declared,
  parts: ProviderParts,
  { interaction }: OmniHandle,
  using: Using,
): Promise<Standing> {
  const said = await askJob(parts, declared, using, {
    address: `${interactions}/${encodeURIComponent(interaction)}`,
    standing: interactionSchema,
    // The answer repeats the pictures, and may hold the clip.
    limits: answerLimits.result,
  });
  const standing = omniStanding(said);
  switch (standing.kind) {
    case "running":
      return { kind: "running", done: null };
    case "here":
      return { kind: "done", result: resultOf(standing.bytes) };
    case "at":
      return { kind: "done", result: await fetchClip(declared, parts, standing, using) };
    case "ended":
      throw vendorFailure(declared, standing.trouble, standing.isBilled);
  }
}

async function omniBody(
  declared: Declared,
  { prompt, first, references, settings }: VideoRequest,
  wire: OmniWire,
) {
  const given = first ? [first] : references;
  if (given.some(({ asset }) => !asset.mediaType.startsWith("image/"))) {
    throw inputInvalid(declared, "Gemini Omni takes pictures here, and a clip is connected.");
  }
  const images = await Promise.all(given.map((picture) => imageOf(picture, wire)));
  const fromPictures = first ? "image_to_video" : "reference_to_video";
  return {
    input: [...images, { type: "text", text: prompt }],
    background: true,
    response_format: {
      type: "video",
      delivery: "uri",
      aspect_ratio: settings["ratio"],
      resolution: settings["resolution"],
      duration: `${String(settings["duration"])}s`,
    },
    generation_config: {
      video_config: { task: images.length > 0 ? fromPictures : "text_to_video" },
    },
  };
}

async function imageOf(picture: AssetInput, { pictures }: OmniWire) {
  const { bytes, mediaType } = await picture.fit(pictures);
  return { type: "image", data: Buffer.from(bytes).toString("base64"), mime_type: mediaType };
}

/** Clips lie among Google's files, which take the key. */
async function fetchClip(
  declared: Declared,
  { egress }: ProviderParts,
  { uri }: Extract<OmniStanding, { readonly kind: "at" }>,
  { key, signal }: Using,
): Promise<ProviderResult> {
  return resultWith(await downloadOutput(egress, declared, uri, signal, key));
}

function resultOf(bytes: Uint8Array): ProviderResult {
  return resultWith({ kind: "bytes", bytes });
}

function resultWith(output: Output): ProviderResult {
  return { outputs: [output], billedCredits: null, billedMicroDollars: null, notes: [] };
}
