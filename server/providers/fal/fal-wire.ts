import type { MediaType } from "#domain/asset";
import type { PictureLimits } from "../provider.ts";

/** What goes to fal as the file that it is. */
export type FalFileRole = "clips" | "audio";

/**
 * What a request may hold, in neutral words: `source` is the first reference and `rest` the others, for
 * endpoints that tell them apart; `elements` are references as Kling wants them, each a thing of its own.
 * In a request for a clip `references` are pictures, and `clips` those of the references that are clips.
 */
export type FalRole =
  | "prompt"
  | "references"
  | "elements"
  | "clips"
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

/** The role that people know: the first, the further ones and elements are references. */
export function neutralRole(role: FalRole): FalRole {
  return role === "source" || role === "rest" || role === "elements" ? "references" : role;
}

/** The input of a node at which what a role takes arrives: clips come where other references do. */
export function inputOf(role: FalRole): FalRole {
  return role === "clips" ? "references" : neutralRole(role);
}

/** A field of fal's, and what a setting's value is there; as it stands unless said. */
export type FalSetting =
  | string
  | { readonly to: string; readonly as: "milliseconds" | "number" }
  | { readonly to: string; readonly values: Readonly<Record<string, string>> };

/** What an endpoint takes of clips or of sounds; what is left out is not limited, or nobody says. */
export interface FileLimits {
  readonly mediaTypes: readonly MediaType[];
  /** How many; as many as its field holds unless said. */
  readonly most?: number;
  /** The length of each, in seconds. */
  readonly seconds?: readonly [least: number, most: number];
  readonly mostSecondsTogether?: number;
  readonly mostMegabytes?: number;
  readonly mostMegabytesTogether?: number;
  /** Each side of a clip, in pixels. */
  readonly sidePx?: readonly [least: number, most: number];
  /** Width times height of a clip, in pixels, and how that is said. */
  readonly area?: { readonly least: number; readonly most: number; readonly said: string };
}

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
  /** What it takes of clips and sounds. */
  readonly files?: Readonly<Partial<Record<FalFileRole, FileLimits>>>;
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
