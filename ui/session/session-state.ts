import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals-core";
import type { CardStatus } from "#domain/card";
import type { AnswerOf } from "#domain/channel";
import type { Background } from "../background/background.ts";
import { createCanvasPictures, type CanvasPictures } from "./canvas-pictures.ts";
import { createCanvasState, type CanvasState } from "./canvas-state.ts";
import { readFlow, withRuns, type FlowFacts } from "./flow-facts.ts";
import { createNotices, type Notices } from "./notices.ts";
import { createRelayData, type RelayData } from "./relay-data.ts";
import { RelayLink } from "./relay-link.ts";
import type { SessionParts } from "./session-parts.ts";
import { statusesOf } from "./status-of-node.ts";
import { createThumbnails, type Thumbnails } from "./thumbnails.ts";

/** Everything that a session knows. Signals all through; what can be derived is. */
export interface SessionState {
  /** The id of this open panel, new each time. */
  readonly id: string;
  readonly hello: Signal<AnswerOf<"hello"> | null>;
  readonly background: Signal<Background | null>;
  readonly notices: Notices;
  readonly canvas: CanvasState;
  readonly link: RelayLink;
  readonly data: RelayData;
  readonly pictures: CanvasPictures;
  readonly thumbnails: Thumbnails;
  readonly facts: ReadonlySignal<FlowFacts | null>;
  readonly statuses: ReadonlySignal<ReadonlyMap<string, CardStatus>>;
  readonly stop: () => void;
}

const noStatuses: ReadonlyMap<string, CardStatus> = new Map();

/** The state of a session in which nothing was heard yet. */
export function createSessionState(parts: SessionParts): SessionState {
  const { channel, time } = parts;
  const notices = createNotices();
  const hello = signal<AnswerOf<"hello"> | null>(null);
  const background = signal<Background | null>(null);
  const canvas = createCanvasState(parts, notices);
  const link = new RelayLink(parts);
  const pictures = createCanvasPictures(channel);
  const file = computed(() => background.value?.file.value ?? null);
  const data = createRelayData({ ...canvas, link, time, file });
  const relay = () => link.relay.peek();
  const thumbnails = createThumbnails({ channel, page: parts.page, relay });
  const still = computed(() => {
    const [page, board] = [canvas.page.value, canvas.board.value];
    const models = data.models.value;
    const versions = data.versions.newest.value;
    const read = pictures.read.value;
    return page && board && readFlow({ page, board, models, versions, read });
  });
  const facts = computed(() => still.value && withRuns(still.value, data.runs.runs.value));
  return {
    id: parts.newId(),
    hello,
    background,
    notices,
    canvas,
    link,
    data,
    pictures,
    thumbnails,
    facts,
    statuses: computed(() => (facts.value ? statusesOf(facts.value) : noStatuses)),
    stop: () => {
      background.peek()?.stop();
      data.stop();
      canvas.stop();
      link.stop();
      thumbnails.stop();
    },
  };
}
