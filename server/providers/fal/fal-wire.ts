import type { PictureLimits } from "../provider.ts";

/**
 * What a request may hold, in neutral words: `source` is the first reference and `rest` the others, for
 * endpoints that tell them apart; `canvas` the size that a picture is to grow to.
 */
export type FalRole =
  | "prompt"
  | "references"
  | "source"
  | "rest"
  | "mask"
  | "first"
  | "last"
  | "audio"
  | "image"
  | "scale"
  | "horizontalDegrees"
  | "verticalDegrees"
  | "zoom";

/** The first and the further references are references. */
export function inputOf(role: FalRole): FalRole {
  return role === "source" || role === "rest" ? "references" : role;
}

/** A field of fal's, and what a setting's value is there; as it stands unless said. */
export type FalSetting =
  | string
  | { readonly to: string; readonly as: "milliseconds" | "number" }
  | { readonly to: string; readonly values: Readonly<Record<string, string>> };

/** One endpoint of a model, and how a request is put into its fields. */
export interface FalWay {
  /** The endpoint's id, which is its path at queue.fal.run. */
  readonly endpoint: string;
  /** What has to be there; the first way all of whose needs are met, and that takes all there is, is gone. */
  readonly needs: readonly FalRole[];
  /** The field of each thing that it takes; one that ends in "[]" takes a list. */
  readonly takes: Readonly<Partial<Record<FalRole, string>>>;
  /** The field of each of the model's settings that this endpoint has. */
  readonly settings?: Readonly<Record<string, FalSetting>>;
  /** Which of the two a mask has where something changes; white unless said. */
  readonly maskIs?: "white" | "black";
  /** Takes the call's seed; not unless said. */
  readonly hasSeed?: boolean;
  /** The setting with the ratio of the canvas that the source is put in the middle of (Bria's expand). */
  readonly canvasRatio?: string;
  /** What is sent in any case. */
  readonly always?: Readonly<Record<string, unknown>>;
}

/** How fal is asked for a model. */
export interface FalWire {
  readonly ways: readonly FalWay[];
  /** Where the files stand in a result. */
  readonly output: "images" | "image" | "video" | "audio";
  /** What it takes of a picture. */
  readonly picture?: Partial<PictureLimits>;
}
