import { dataUri } from "../data-uri.ts";
import { inputInvalid } from "../input-invalid.ts";
import type {
  AssetInput,
  FittedPicture,
  ModelRequest,
  PictureLimits,
  Provider,
} from "../provider.ts";
import type { FalStorage } from "./fal-storage.ts";
import type { FalRole, FalSetting, FalWay, FalWire } from "./fal-wire.ts";
import { isClip } from "./refuse-files.ts";

/** fal wants data URIs below a few megabytes, which base64 makes a third longer (providers.md 2.5). */
const mostBytes = 3_000_000;
/** All pictures of a request together. */
const mostBytesTogether = 12_000_000;

const usualPicture = {
  mediaTypes: ["image/png", "image/jpeg", "image/webp"],
  sidePx: 2_048,
} as const;

/** A request and how it is asked for. */
export interface FalAsked {
  readonly provider: Pick<Provider, "id">;
  readonly request: ModelRequest;
  readonly way: FalWay;
  readonly picture: FalWire["picture"];
  readonly storage: FalStorage;
}

/**
 * A request's input for one of fal's endpoints; what is too large for it is uploaded beforehand. Throws a
 * CallFailure for what cannot be sent.
 */
export async function falInput(asked: FalAsked, seed: number): Promise<Record<string, unknown>> {
  const { request, way } = asked;
  const { takes, settings = {}, always = {}, hasSeed = false } = way;
  const gathered = await gather(asked);
  const input: Record<string, unknown> = { ...always };
  for (const [role, field] of Object.entries(takes)) {
    const values = gathered.values[role as FalRole] ?? [];
    if (values.length === 0) continue;
    if (field.endsWith("[]")) input[field.slice(0, -2)] = values;
    else input[field] = values[0];
  }
  for (const [name, setting] of Object.entries(settings)) {
    const value = request.settings[name];
    // An empty text is one that nobody wrote.
    if (value !== undefined && value !== "") Object.assign(input, said(setting, value));
  }
  return { ...input, ...gathered.canvas, ...(hasSeed && { seed }) };
}

function said(setting: FalSetting, value: unknown): Record<string, unknown> {
  if (typeof setting === "string") return { [setting]: value };
  if ("values" in setting) return { [setting.to]: setting.values[String(value)] };
  const number = Number(value);
  return { [setting.to]: setting.as === "milliseconds" ? Math.round(number * 1_000) : number };
}

interface Gathered {
  readonly values: Readonly<Partial<Record<FalRole, readonly unknown[]>>>;
  readonly canvas: Readonly<Record<string, unknown>>;
}

async function gather(asked: FalAsked): Promise<Gathered> {
  const { request } = asked;
  const nothing = { canvas: {} };
  switch (request.task) {
    case "image":
      return gatherImage(asked, request);
    case "video":
      return { ...nothing, values: await gatherVideo(asked, request) };
    case "audio":
      return { ...nothing, values: { prompt: [request.prompt] } };
    case "upscale": {
      const image = await fitAll(asked, [request.image]);
      return { ...nothing, values: { image: image.map(dataUri), scale: [request.scale] } };
    }
    case "camera": {
      const image = await fitAll(asked, [request.image]);
      const { horizontalDegrees, verticalDegrees, zoom } = request;
      return {
        ...nothing,
        values: {
          image: image.map(dataUri),
          horizontalDegrees: [horizontalDegrees],
          verticalDegrees: [verticalDegrees],
          zoom: [zoom],
        },
      };
    }
    case "text":
      throw new Error("No model at fal is asked for text.");
  }
}

async function gatherImage(
  asked: FalAsked,
  { prompt, references, mask, settings }: Extract<ModelRequest, { readonly task: "image" }>,
): Promise<Gathered> {
  const { canvasRatio, maskIs = "white" } = asked.way;
  const fitted = await fitAll(asked, references);
  const [source] = fitted;
  const uris = fitted.map(dataUri);
  const masked = mask && source ? await mask.asMask(maskIs, source) : null;
  return {
    values: {
      prompt: filled(prompt),
      references: uris,
      source: uris.slice(0, 1),
      rest: uris.slice(1),
      mask: masked ? [dataUri(masked)] : [],
    },
    canvas:
      canvasRatio !== undefined && source
        ? canvasAround(source, String(settings[canvasRatio]))
        : {},
  };
}

async function gatherVideo(
  asked: FalAsked,
  request: Extract<ModelRequest, { readonly task: "video" }>,
): Promise<Gathered["values"]> {
  const { takes } = asked.way;
  const { prompt, first, last, references, audio } = request;
  const frame = async (input: AssetInput | null) =>
    (await fitAll(asked, input ? [input] : [])).map(dataUri);
  const pictures = await fitAll(
    asked,
    references.filter(({ asset }) => !isClip(asset)),
  );
  const clips = references.filter(({ asset }) => isClip(asset));
  return {
    prompt: filled(prompt),
    first: await frame(first),
    last: await frame(last),
    ...(takes.elements === undefined
      ? { references: pictures.map(dataUri) }
      : { elements: await oneByOne(pictures, (each) => elementOf(asked, each)) }),
    // Models that run elsewhere fetch a clip themselves.
    clips: await oneByOne(clips, (clip) => asked.storage.ofFile(clip)),
    audio: audio ? [await soundAddress(asked, audio)] : [],
  };
}

/** A thing that Kling keeps alike; a picture of its front alone stands for its other sides too. */
async function elementOf({ storage }: FalAsked, picture: FittedPicture): Promise<unknown> {
  const address = await storage.ofPicture(picture);
  return { frontal_image_url: address, reference_image_urls: [address] };
}

/** No more than one large file is in memory for a call. */
async function oneByOne<Input, Result>(
  inputs: readonly Input[],
  work: (input: Input) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const input of inputs) results.push(await work(input));
  return results;
}

function filled(text: string): string[] {
  return text.trim() === "" ? [] : [text];
}

/** Pictures within fal's limits and the model's, in their order. */
async function fitAll(
  { provider, picture }: FalAsked,
  inputs: readonly AssetInput[],
): Promise<FittedPicture[]> {
  if (inputs.some(({ asset }) => !asset.mediaType.startsWith("image/"))) {
    throw inputInvalid(provider, "fal takes pictures here, and a clip is connected.");
  }
  const share = Math.floor(mostBytesTogether / Math.max(1, inputs.length));
  const limits: PictureLimits = {
    ...usualPicture,
    maxBytes: Math.min(mostBytes, share),
    ...picture,
  };
  return Promise.all(inputs.map((input) => input.fit(limits)));
}

async function soundAddress({ storage }: FalAsked, sound: AssetInput): Promise<string> {
  const { mediaType, bytes } = sound.asset;
  if (bytes > mostBytes) return storage.ofFile(sound);
  return dataUri({ mediaType, bytes: await sound.read() });
}

/** The smallest canvas of a ratio around a picture, which stands in its middle. */
function canvasAround(
  { widthPx, heightPx }: Pick<FittedPicture, "widthPx" | "heightPx">,
  ratio: string,
): Record<string, unknown> {
  const [across = 1, down = 1] = ratio.split(":").map(Number);
  const width = Math.max(widthPx, Math.round((heightPx * across) / down));
  const height = Math.max(heightPx, Math.round((widthPx * down) / across));
  return {
    canvas_size: [width, height],
    original_image_size: [widthPx, heightPx],
    original_image_location: [
      Math.floor((width - widthPx) / 2),
      Math.floor((height - heightPx) / 2),
    ],
  };
}
