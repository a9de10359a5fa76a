import type { Asset, MediaType } from "#domain/asset";
import { RunFailure, type Failure } from "#domain/failure";
import type { Model } from "#domain/model";
import type { HeldKey } from "../keys/key-ring.ts";
import type { ProviderKey } from "./provider-key.ts";

/** What a model takes of a picture; anything larger is made smaller, anything else encoded anew. */
export interface PictureLimits {
  readonly mediaTypes: readonly ("image/png" | "image/jpeg" | "image/webp")[];
  /** The longest side, in pixels. */
  readonly sidePx: number;
  readonly maxBytes: number;
}

/** A picture as it may leave the relay: upright, in sRGB, without metadata, within a model's limits. */
export interface FittedPicture {
  readonly bytes: Uint8Array;
  readonly mediaType: MediaType;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** An asset with a way to its bytes. */
export interface AssetInput {
  readonly asset: Asset;
  /** The bytes as they were kept, those of a drawing as a PNG. Throws a RunFailure "asset-missing". */
  read(): Promise<Uint8Array>;
  /**
   * A picture within a model's limits; one that is within them and has no metadata stays as it is. Throws
   * a RunFailure: "asset-missing", or "input-invalid" for what cannot be made to fit.
   */
  fit(limits: PictureLimits): Promise<FittedPicture>;
  /**
   * The picture as a mask, a PNG of exactly the size of what it masks. Masks come with white where
   * something shall change; `form` is what the vendor says that with. Fails as `fit` does.
   */
  asMask(
    form: "white" | "black" | "transparent",
    size: Pick<FittedPicture, "widthPx" | "heightPx">,
  ): Promise<FittedPicture>;
}

/**
 * What a node asks of a model, one shape for each task. `settings` are the checked ones of the node
 * and its model together.
 */
export type ModelRequest = { readonly settings: Readonly<Record<string, unknown>> } & (
  | {
      readonly task: "text";
      readonly instruction: string;
      readonly texts: readonly string[];
      readonly references: readonly AssetInput[];
      /** How many items of a list; null asks for one text. */
      readonly listItems: number | null;
    }
  | {
      readonly task: "image";
      readonly prompt: string;
      readonly references: readonly AssetInput[];
      /** White where the first reference shall change. */
      readonly mask: AssetInput | null;
      readonly count: number;
    }
  | {
      readonly task: "video";
      readonly prompt: string;
      readonly first: AssetInput | null;
      readonly last: AssetInput | null;
      readonly references: readonly AssetInput[];
      readonly audio: AssetInput | null;
      readonly count: number;
    }
  | { readonly task: "audio"; readonly prompt: string }
  | { readonly task: "upscale"; readonly image: AssetInput; readonly scale: number }
  | {
      readonly task: "camera";
      readonly image: AssetInput;
      readonly horizontalDegrees: number;
      readonly verticalDegrees: number;
      readonly zoom: number;
    }
);

/** What a provider uses for an attempt: the key that it began with, null without one, and when to stop. */
export interface Using {
  readonly key: HeldKey | null;
  readonly signal: AbortSignal;
}

/**
 * One paid try. `reference` is ours and the same for every repetition of this try; `seed` is decided
 * beforehand, so that a repetition asks for the same thing. `onProgress` takes 0 to 1. `hookPath` is
 * where a webhook about this try and no other is taken, below the relay's public address; null for a
 * provider that reads none.
 */
export interface ProviderCall extends Using {
  readonly reference: string;
  readonly model: string;
  readonly request: ModelRequest;
  readonly seed: number;
  readonly hookPath: string | null;
  readonly onProgress: (done: number) => void;
}

/** One thing that a model made. Bytes are not trusted: the ingest decides what they are. */
export type Output =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

/**
 * What a model made. `billedCredits`, `billedMicroDollars`: what the provider took for it, null when it is
 * the price that was quoted or it does not say. `notes` are sentences for the designer, such as a setting that was not used.
 */
export interface ProviderResult {
  readonly outputs: readonly Output[];
  readonly billedCredits: number | null;
  readonly billedMicroDollars?: number | null;
  readonly notes: readonly string[];
}

/** A provider's word on a try: made at once, or accepted under a handle that survives a restart. */
export type Submission =
  | { readonly kind: "done"; readonly result: ProviderResult }
  | { readonly kind: "accepted"; readonly handle: string };

/** How an accepted try stands. */
export type Standing =
  | { readonly kind: "running"; readonly done: number | null }
  | { readonly kind: "done"; readonly result: ProviderResult };

/**
 * A webhook as it arrived: the bytes as they were sent, and when; nothing of it is trusted. Its address
 * was made here for the call of `reference`; `key` gives the one that this call began with, null where
 * there is none any more, or none was needed.
 */
export interface ArrivedHook {
  readonly body: Uint8Array;
  readonly header: (name: string) => string | undefined;
  readonly nowMs: number;
  readonly reference: string;
  key(): Promise<HeldKey | null>;
}

/**
 * What a genuine webhook says. `id` is the sender's own, the same whenever it sends this one again;
 * `reference` is ours of the call, null where it does not say it and its address alone does; `handle` is
 * the provider's for the call, null where it is not told.
 */
export interface Hook {
  readonly id: string;
  readonly reference: string | null;
  readonly handle: string | null;
}

/**
 * What recovery may do when nobody knows whether a submission arrived (reliability.md 3.1):
 * A submit again with the same reference; B look the reference up; C wait for the webhook that
 * carries it; D nothing: the outcome is unknown and the user does not pay.
 */
export type RecoveryClass = "A" | "B" | "C" | "D";

/** A company or program with models. Its methods throw {@link CallFailure} for expected trouble. */
export interface Provider {
  readonly id: string;
  readonly title: string;
  /** The key that it takes; none unless said. */
  readonly key?: ProviderKey | null;
  readonly recovery: RecoveryClass;
  /** How many tries it takes at a time from this relay, from all of its processes together. */
  readonly concurrency: number;
  /** How many tries it takes in any minute, from all processes together; as many as there are unless said. */
  readonly callsPerMinute?: number;
  models(): readonly Model[];
  /**
   * Brings the models up to date, for a provider whose models change; takes a moment at most and never
   * fails. The key is the newest of the team that asks, where the provider takes one.
   */
  refresh?(using?: Pick<Using, "key">): Promise<void>;
  submit(call: ProviderCall): Promise<Submission>;
  /** How an accepted try stands; for providers that answer "accepted". */
  poll?(handle: string, using: Using): Promise<Standing>;
  /** Class B: what became of a reference; null is a "never arrived" that holds after consistencyMs. */
  lookUp?(reference: string, using: Using): Promise<Submission | null>;
  /** Class B: how long after a submission a look-up may still not see it; 0 unless said. */
  readonly consistencyMs?: number;
  /**
   * Reads a webhook from its raw bytes; null where its signature does not hold, it is older or newer
   * than five minutes, or it is not about a call.
   */
  readHook?(arrived: ArrivedHook): Promise<Hook | null>;
  /** Asks to stop an accepted try; true when it will not be billed. */
  cancel?(handle: string, using: Using): Promise<boolean>;
}

/**
 * Expected trouble of a call. `outcome`: "not-billed" is certain that nothing was or will be billed;
 * "unknown" is not.
 */
export class CallFailure extends RunFailure {
  readonly outcome: "not-billed" | "unknown";
  /** How long the provider asked to wait before a next try, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** What the provider said that it took all the same, in micro-dollars; null where it said nothing. */
  readonly billedMicroDollars: number | null;

  constructor(
    failure: Failure,
    outcome: "not-billed" | "unknown",
    retryAfterMs: number | null = null,
    billedMicroDollars: number | null = null,
  ) {
    super(failure);
    this.outcome = outcome;
    this.retryAfterMs = retryAfterMs;
    this.billedMicroDollars = billedMicroDollars;
  }
}
