import { signal } from "@preact/signals-core";
import type { CardStatus } from "#domain/card";
import type { PageFacts } from "#domain/layer";
import type { Model } from "#domain/model";
import type { Board } from "#domain/read-board";
import type { RelayClient } from "#domain/relay-client";
import type { Version } from "#domain/version";
import type { Background, BackgroundParts, Time } from "../../../ui/background/background.ts";
import { startBackground } from "../../../ui/background/start-background.ts";
import type { NoticeView } from "../../../ui/panel-view.ts";
import type { CanvasModel } from "./canvas-model.ts";

/** An open panel whose background runs, and the values that its session would keep up to date. */
export interface OpenSession {
  readonly canvas: CanvasModel;
  readonly background: Background;
  readonly notices: Map<string, NoticeView>;
  readonly page: { value: PageFacts | null };
  readonly board: { value: Board | null };
  readonly models: { value: readonly Model[] };
  readonly statuses: { value: ReadonlyMap<string, CardStatus> };
  readonly versions: { value: ReadonlyMap<string, Version> };
  readonly isReadOnly: { readonly value: boolean };
}

/** What a session is opened with. */
export interface SessionSetup {
  readonly name: string;
  readonly canvas: CanvasModel;
  readonly relay: RelayClient | null;
  readonly time: Time;
  readonly root: string;
  readonly editor?: "figma" | "figjam";
  readonly selection?: readonly string[];
}

/** Opens a panel on a canvas. */
export function openSession(setup: SessionSetup): OpenSession {
  const { name, canvas, relay, time, root, editor = "figma", selection = [] } = setup;
  const notices = new Map<string, NoticeView>();
  const page = signal<PageFacts | null>(null);
  const board = signal<Board | null>(null);
  const models = signal<readonly Model[]>([]);
  const statuses = signal<ReadonlyMap<string, CardStatus>>(new Map());
  const versions = signal<ReadonlyMap<string, Version>>(new Map());
  const isReadOnly = signal(false);
  let ids = 0;
  const parts: BackgroundParts = {
    channel: canvas.panel,
    hello: {
      editor,
      page: { id: "page", name: "Page 1" },
      selection: [...selection],
      user: { id: name, name },
      document: { name: "My file", fileKey: null, record: root },
      command: null,
      panel: { width: 340, height: 640 },
    },
    ...{ page, board, models, statuses, versions, isReadOnly, time },
    relay: signal(relay),
    session: `session-${name}`,
    newId: () => `${name}-${(ids += 1)}`,
    markReadOnly: () => {
      isReadOnly.value = true;
    },
    linkTo: (path) => `https://relay.test${path}`,
    say: (notice) => notices.set(notice.key, notice),
    unsay: (key) => notices.delete(key),
  };
  const background = startBackground(parts);
  return { canvas, background, notices, page, board, models, statuses, versions, isReadOnly };
}
