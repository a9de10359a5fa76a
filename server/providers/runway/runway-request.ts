import { dataUri } from "../data-uri.ts";
import { inputInvalid } from "../input-invalid.ts";
import type { AssetInput, ModelRequest, PictureLimits, Provider } from "../provider.ts";
import type { RunwayWire } from "./models.ts";

/** A task for Runway: the path that takes it, and its body. */
export interface RunwayTask {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Runway takes data URIs up to 5 MB, which base64 makes a third longer than the file. */
const limits: PictureLimits = {
  mediaTypes: ["image/png", "image/jpeg", "image/webp"],
  sidePx: 4_096,
  maxBytes: 3_600_000,
};

type Named = Pick<Provider, "id">;

/** What Runway is sent for a request. Throws a CallFailure for what it cannot make. */
export async function runwayTask(
  provider: Named,
  title: string,
  wire: RunwayWire,
  request: ModelRequest,
  seed: number,
): Promise<RunwayTask> {
  const { task } = request;
  if (wire.kind === "video" && task === "video") {
    return videoTask(provider, title, wire, request, seed);
  }
  if (wire.kind === "image" && task === "image") return imageTask(wire, request);
  if (wire.kind === "upscale" && task === "upscale") {
    const { flavor, sharpen, smartGrain, ultraDetail } = request.settings;
    const imageUri = await uriOf(request.image);
    const own = { flavor, sharpen, smartGrain, ultraDetail };
    const body = { ...own, model: wire.model, imageUri, scaleFactor: request.scale };
    return { path: "/v1/image_upscale", body };
  }
  throw new Error(`${wire.model} makes no ${task}.`);
}

async function videoTask(
  provider: Named,
  title: string,
  { model, sizes, fromText }: Extract<RunwayWire, { readonly kind: "video" }>,
  { prompt, first, settings }: Extract<ModelRequest, { readonly task: "video" }>,
  seed: number,
): Promise<RunwayTask> {
  const ratio = String(settings["ratio"]);
  const common = { model, ratio: sizes[ratio], duration: settings["duration"], seed };
  const said = prompt.trim() === "" ? {} : { promptText: prompt };
  if (first) {
    const promptImage = [{ uri: await uriOf(first), position: "first" }];
    return { path: "/v1/image_to_video", body: { ...common, ...said, promptImage } };
  }
  if (!fromText.includes(ratio)) {
    const possible = fromText.length > 0 ? ` in any ratio but ${fromText.join(" and ")}` : "";
    throw inputInvalid(provider, `${title} needs a first frame${possible}. Connect one.`);
  }
  return { path: "/v1/text_to_video", body: { ...common, ...said } };
}

async function imageTask(
  { model, sizes }: Extract<RunwayWire, { readonly kind: "image" }>,
  { prompt, references, settings }: Extract<ModelRequest, { readonly task: "image" }>,
): Promise<RunwayTask> {
  const ratio = sizes[String(settings["resolution"])]?.[String(settings["ratio"])];
  const uris = await Promise.all(references.map(uriOf));
  const body = { model, promptText: prompt, ratio };
  return {
    path: "/v1/text_to_image",
    body: uris.length === 0 ? body : { ...body, referenceImages: uris.map((uri) => ({ uri })) },
  };
}

async function uriOf(picture: AssetInput): Promise<string> {
  return dataUri(await picture.fit(limits));
}
