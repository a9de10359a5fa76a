import type { ReadonlySignal } from "@preact/signals-core";
import type * as z from "zod/mini";
import type { CardStatus } from "#domain/card";
import type { PanelEnd } from "#domain/channel";
import type { PageFacts } from "#domain/layer";
import type { helloSchema } from "#domain/messages";
import type { Model } from "#domain/model";
import type { Board } from "#domain/read-board";
import type { RelayClient } from "#domain/relay-client";
import type { Version } from "#domain/version";
import type { NoticeView } from "../panel-view.ts";

/** Time, handed in: now by this machine's clock, and a call back that can be called off. */
export interface Time {
  readonly nowMs: () => number;
  readonly wait: (durationMs: number, then: () => void) => () => void;
}

/**
 * What the work in the background is given: everything that keeps the canvas in step without anybody
 * pressing a button. The session owns these values; the background reads them and acts on the canvas.
 */
export interface BackgroundParts {
  readonly channel: PanelEnd;
  readonly hello: z.infer<typeof helloSchema>;
  /** The current page, kept up to date; null until it was read. */
  readonly page: ReadonlySignal<PageFacts | null>;
  readonly board: ReadonlySignal<Board | null>;
  /** Null while there is no relay to talk to. */
  readonly relay: ReadonlySignal<RelayClient | null>;
  readonly models: ReadonlySignal<readonly Model[]>;
  /** How each node stands, and the newest version of those that have one. */
  readonly statuses: ReadonlySignal<ReadonlyMap<string, CardStatus>>;
  readonly versions: ReadonlySignal<ReadonlyMap<string, Version>>;
  readonly isReadOnly: ReadonlySignal<boolean>;
  /** The canvas refused a write because this person may not edit; `isReadOnly` is true from then on. */
  readonly markReadOnly: () => void;
  /** The web address of a path of the relay: for links on the canvas, which people open in browsers. */
  readonly linkTo: (path: string) => string;
  /** The id of this open panel, new each time. */
  readonly session: string;
  readonly newId: () => string;
  readonly time: Time;
  /** Shows a notice; one with the same key takes the place of the one before. */
  readonly say: (notice: NoticeView) => void;
  readonly unsay: (key: string) => void;
}

/** The work in the background, as the session sees it. */
export interface Background {
  /** The file's identity for the relay (figma-platform.md 11.4); null until it is settled. */
  readonly file: ReadonlySignal<string | null>;
  /** The layer that holds each placement, by its pid. */
  readonly placed: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Looks for results to place now, instead of at the next turn. */
  readonly placeSoon: () => void;
  readonly stop: () => void;
}
