import type { ImageModelUsage, JSONValue, LanguageModelCallOptions } from "ai";
import type { PictureLimits, ProviderCall } from "../provider.ts";
import type { TokenPrices } from "./token-price.ts";

/** Options of one vendor, by its name in the SDK. */
export type VendorOptions = Record<string, Record<string, JSONValue>>;
/** The settings of a node and its model, checked. */
export type CallSettings = ProviderCall["request"]["settings"];

/** How the SDK is asked for a text. */
export interface TextRow {
  readonly kind: "text";
  /** What a million tokens cost; null where nothing is paid. */
  readonly tokens: TokenPrices | null;
  /** How many pictures it looks at; 0 for a model that cannot see. */
  readonly mostPictures: number;
  /** Whether the vendor holds the model to a schema; else the form of a list stands in the prompt. */
  readonly takesSchema: boolean;
  readonly takesSeed: boolean;
  readonly reasoning?: NonNullable<LanguageModelCallOptions["reasoning"]>;
  readonly options?: VendorOptions;
  /** What the vendor says it took, in micro-dollars; null where it does not. */
  readonly billed?: (metadata: unknown) => number | null;
}

/** What a picture shall be, in the SDK's words. */
export interface ImageWish {
  readonly size?: `${number}x${number}`;
  readonly aspectRatio?: `${number}:${number}`;
  readonly options?: VendorOptions;
}

/** How the SDK is asked for pictures. */
export interface ImageRow {
  readonly kind: "image";
  readonly pictures: PictureLimits;
  readonly mostReferences: number;
  /** Whether it takes a mask, as a PNG that is transparent where something shall change. */
  readonly takesMask: boolean;
  readonly takesSeed: boolean;
  readonly wish: (settings: CallSettings) => ImageWish;
  /** What the vendor took, in micro-dollars; null where it does not say. */
  readonly billed?: (usage: ImageModelUsage, metadata: unknown) => number | null;
}

/** What is said, and how. */
export interface SpeechWish {
  readonly voice: string;
  readonly instructions?: string;
  readonly speed?: number;
  readonly outputFormat?: string;
}

/** How the SDK is asked for speech. */
export interface SpeechRow {
  readonly kind: "audio";
  /** Whether the answer is the sound itself; else the sound stands in its JSON. */
  readonly isBinary: boolean;
  readonly wish: (settings: CallSettings) => SpeechWish;
}

/** What a clip shall be, in the SDK's words. */
export interface VideoWish {
  readonly aspectRatio?: `${number}:${number}`;
  readonly resolution?: `${number}x${number}`;
  /** Seconds. */
  readonly duration?: number;
  readonly generateAudio?: boolean;
  readonly options?: VendorOptions;
}

/** How the SDK is asked for clips. */
export interface VideoRow {
  readonly kind: "video";
  readonly pictures: PictureLimits;
  readonly mostReferences: number;
  readonly takesSeed: boolean;
  readonly wish: (settings: CallSettings) => VideoWish;
}

/** How the SDK is asked for a model, by what it makes. */
export type SdkRow = TextRow | ImageRow | SpeechRow | VideoRow;

/** A ratio such as "16:9" in the SDK's type; undefined for anything else, such as "auto". */
export function ratioOf(value: unknown): `${number}:${number}` | undefined {
  return typeof value === "string" && isPair(value, ":") ? value : undefined;
}

/** A size such as "1024x1536" in the SDK's type; undefined for anything else, such as "auto". */
export function sizeOf(value: unknown): `${number}x${number}` | undefined {
  return typeof value === "string" && isPair(value, "x") ? value : undefined;
}

function isPair<Mark extends ":" | "x">(
  value: string,
  mark: Mark,
): value is `${number}${Mark}${number}` {
  const [one = "", other = "", ...more] = value.split(mark);
  return more.length === 0 && [one, other].every((part) => /^\d{1,5}$/.test(part));
}
