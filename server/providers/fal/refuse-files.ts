import type { Asset, MediaType } from "#domain/asset";
import { inputInvalid } from "../input-invalid.ts";
import type { ModelRequest, Provider } from "../provider.ts";
import type { FalFileRole, FalWay, FileLimits } from "./fal-wire.ts";

/** fal's own client uploads larger files in parts, which the relay does not. */
const mostMegabytes = 90;

const nouns = { clips: "clip", audio: "sound", references: "picture" } as const;

const formats: Readonly<Partial<Record<MediaType, string>>> = {
  "video/mp4": "MP4",
  "video/quicktime": "MOV",
  "video/webm": "WebM",
  "audio/mpeg": "MP3",
  "audio/wav": "WAV",
  "audio/ogg": "OGG",
};

/** The files of each kind that a request for a clip holds. */
export function filesOf(
  request: Extract<ModelRequest, { readonly task: "video" }>,
): Readonly<Record<FalFileRole | "references", readonly Asset[]>> {
  const given = request.references.map(({ asset }) => asset);
  return {
    clips: given.filter(isClip),
    references: given.filter((asset) => !isClip(asset)),
    audio: request.audio ? [request.audio.asset] : [],
  };
}

/** Whether an asset is a clip. */
export function isClip({ mediaType }: Pick<Asset, "mediaType">): boolean {
  return mediaType.startsWith("video/");
}

/**
 * Refuses the clips, sounds and further pictures that an endpoint does not take, before anything is sent.
 * Throws a CallFailure whose sentence says what it takes. A length or size that nobody knows is left to fal.
 */
export function refuseFiles(
  provider: Pick<Provider, "id">,
  title: string,
  { takes, files = {} }: FalWay,
  request: ModelRequest,
): void {
  if (request.task !== "video") return;
  const given = filesOf(request);
  const refuse = (sentence: string | null) => {
    if (sentence !== null) throw inputInvalid(provider, `${title} takes ${sentence}.`);
  };
  for (const role of ["references", "clips", "audio"] as const) {
    const assets = given[role];
    const limits = role === "references" ? undefined : files[role];
    const most = limits?.most ?? (takes[role]?.endsWith("[]") === false ? 1 : Infinity);
    refuse(tooMany(nouns[role], most, assets.length));
    if (role === "references") continue;
    for (const asset of assets) refuse(unfit(nouns[role], asset, limits));
    refuse(tooMuch(nouns[role], assets, limits));
  }
}

function tooMany(noun: string, most: number, given: number): string | null {
  if (given <= most) return null;
  return most === 1
    ? `one ${noun} here, and ${given} are connected`
    : `up to ${most} ${noun}s here, and ${given} are connected`;
}

function unfit(noun: string, asset: Asset, limits: Partial<FileLimits> = {}): string | null {
  const { mediaTypes, seconds, mostMegabytes: most = mostMegabytes, sidePx, area } = limits;
  const { durationMs, widthPx, heightPx } = asset;
  if (mediaTypes && !mediaTypes.includes(asset.mediaType)) {
    const named = mediaTypes.map((each) => formats[each] ?? each).join(" or ");
    return `a ${noun} as ${named}, and one is ${formats[asset.mediaType] ?? asset.mediaType}`;
  }
  if (asset.bytes > most * 1e6) {
    return `a ${noun} of up to ${most} MB, and one has ${inMegabytes(asset.bytes)}`;
  }
  if (seconds && durationMs !== null && !isWithin(durationMs / 1_000, seconds)) {
    const [least, longest] = seconds;
    return `a ${noun} of ${least} to ${longest} seconds, and one has ${inSeconds(durationMs)}`;
  }
  if (widthPx === null || heightPx === null) return null;
  const given = `and one has ${widthPx} x ${heightPx} px`;
  if (sidePx && ![widthPx, heightPx].every((side) => isWithin(side, sidePx))) {
    return `a ${noun} of ${sidePx[0]} to ${sidePx[1]} px at each side, ${given}`;
  }
  if (area && !isWithin(widthPx * heightPx, [area.least, area.most])) {
    return `a ${noun} of ${area.said}, ${given}`;
  }
  return null;
}

function tooMuch(
  noun: string,
  assets: readonly Asset[],
  { mostSecondsTogether = Infinity, mostMegabytesTogether = Infinity }: Partial<FileLimits> = {},
): string | null {
  const sum = (of: (asset: Asset) => number) =>
    assets.map(of).reduce((total, each) => total + each, 0);
  const lengthMs = sum(({ durationMs }) => durationMs ?? 0);
  if (lengthMs > mostSecondsTogether * 1_000) {
    return `${noun}s of ${mostSecondsTogether} seconds together, and there are ${inSeconds(lengthMs)}`;
  }
  const bytes = sum((asset) => asset.bytes);
  if (bytes > mostMegabytesTogether * 1e6) {
    return `${noun}s of ${mostMegabytesTogether} MB together, and there are ${inMegabytes(bytes)}`;
  }
  return null;
}

function isWithin(value: number, [least, most]: readonly [number, number]): boolean {
  return value >= least && value <= most;
}

/** To the millisecond: 10.04 seconds are more than 10. */
function inSeconds(lengthMs: number): string {
  return `${Math.round(lengthMs) / 1_000} s`;
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e5) / 10} MB`;
}
