import type { AskOf } from "#domain/channel";
import type { CardContent } from "#domain/card";
import type { PlaceContent } from "#domain/place-content";
import type { PlaceOutcome } from "#domain/place-outcome";
import { bytesPerSlice } from "#domain/message-parts";
import { definitionOf, type NodeType } from "#domain/nodes/index";
import type { Layer } from "../figma/model/layer.ts";
import { openPlugin, type OpenedPlugin, type OpenOptions } from "./open-plugin.ts";

/** What a new card shows unless a test wants it otherwise. */
export type Content = Omit<CardContent, "layer">;

/** A node's card as the panel asks for it. */
export function contentOf(type: NodeType, changes: Partial<Content> = {}): Content {
  const { title, inputs, emptyHint } = definitionOf(type);
  return {
    type,
    title,
    status: { kind: "empty", text: "", done: null },
    body: { kind: "hint", text: emptyHint },
    footer: "Local Draft · 1:1 · free",
    inputs: Object.values(inputs).map(({ label }) => label),
    ...changes,
  };
}

/** The record of a node as the panel writes it; the main thread puts `self` in. */
export function recordOf(type: NodeType): string {
  return JSON.stringify({ v: 1, self: "", kind: type, cfg: {} });
}

/** The built plugin on a file, with the few things that its tests do over and over. */
export interface Board extends OpenedPlugin {
  readonly layer: (id: string) => Layer;
  readonly create: (type: NodeType, changes?: Partial<Content>, after?: string) => Promise<string>;
  readonly draw: (layer: string, type: NodeType, changes?: Partial<Content>) => Promise<void>;
  readonly send: (transfer: string, bytes: Uint8Array) => Promise<void>;
  readonly place: (
    content: Partial<PlaceContent> & Pick<PlaceContent, "node" | "rungs">,
  ) => Promise<PlaceOutcome>;
}

/** Opens the plugin on a file. */
export async function openBoard(options: OpenOptions = {}): Promise<Board> {
  const opened = await openPlugin(options);
  const { panel, standIn } = opened;
  let placed = 0;
  const layer = (id: string) => {
    const found = standIn.document.layer(id);
    if (!found) throw new Error(`There is no layer ${id}.`);
    return found;
  };
  return {
    ...opened,
    layer,
    create: async (type, changes, after) => {
      const content = contentOf(type, changes);
      const ask = { content, record: recordOf(type), after: after ?? null };
      const { layer: id, message } = await panel.ask("createNode", ask);
      if (id === null) throw new Error(message ?? "no node");
      return id;
    },
    draw: async (id, type, changes) => {
      const { refused } = await panel.ask("drawCards", {
        cards: [{ ...contentOf(type, changes), layer: id }],
      });
      if (refused.length > 0) throw new Error(JSON.stringify(refused));
    },
    send: async (transfer, bytes) => {
      for (let from = 0; from === 0 || from < bytes.length; from += bytesPerSlice) {
        const slice = bytes.slice(from, from + bytesPerSlice);
        await panel.ask("sendSlice", { transfer, from, size: bytes.length, bytes: slice });
      }
    },
    place: (content) => {
      placed += 1;
      return panel.ask("place", placeContent(content, `pid-${placed}`, standIn.clock.nowMs));
    },
  };
}

function placeContent(
  changes: Partial<PlaceContent> & Pick<PlaceContent, "node" | "rungs">,
  pid: string,
  nowMs: number,
): AskOf<"place"> {
  return {
    title: "Result",
    description: "A red field, made for a test.",
    mode: "stack",
    count: 1,
    leaseEndsAtMs: nowMs + 60_000,
    record: resultRecord({ pid, src: changes.node }),
    ...changes,
  };
}

/** What a result remembers, as the panel sends it. */
export function resultRecord(changes: Partial<PlaceContent["record"]>): PlaceContent["record"] {
  return {
    v: 1,
    pid: "pid",
    runId: "run",
    src: "1:1",
    port: "image",
    idx: 0,
    asset: null,
    media: "image/png",
    w: 256,
    h: 256,
    ...changes,
  };
}

const opened: Board[] = [];

/** Opens the plugin for one test; `closeBoards` closes it behind that. */
export async function openTestBoard(options: OpenOptions = {}): Promise<Board> {
  const board = await openBoard(options);
  opened.push(board);
  return board;
}

/** Closes what a test opened. Fails where the plugin used what the stand-in does not know, or broke. */
export function closeBoards(): void {
  const boards = opened.splice(0);
  const troubles = boards.flatMap(({ window }) => [
    ...window.errors.map(({ message }) => message),
    ...window.unsupported,
  ]);
  for (const { standIn } of boards) standIn.dispose();
  if (troubles.length > 0) throw new Error(troubles.join("; "));
}

/** The pieces of a card, or of anything, by what they say they are. */
export function piecesOf(root: Layer): Map<string, Layer> {
  const pieces = new Map<string, Layer>();
  const open = [root];
  for (let layer = open.pop(); layer; layer = open.pop()) {
    const part = layer.data.get("shared|spaces|part");
    if (part !== undefined) pieces.set(part, layer);
    open.push(...(layer.children ?? []));
  }
  return pieces;
}

/** The characters of a text layer, or of a layer that holds a text. */
export function charactersOf(layer: Layer | undefined): string {
  return (layer?.values["textText"] as { characters: string } | undefined)?.characters ?? "";
}

/** One record of a layer, parsed. */
export function storedRecord(layer: Layer, key: string): unknown {
  const stored = layer.data.get(`shared|spaces|${key}`);
  return stored === undefined ? null : JSON.parse(stored);
}

/** How many changes of the document something makes. */
export async function countChanges(board: Board, work: () => Promise<unknown>): Promise<number> {
  let changes = 0;
  const stop = board.standIn.document.listen(() => (changes += 1));
  await work();
  stop();
  return changes;
}

/** Everything on the first page, as a person could compare it: each layer with its place and looks. */
export function pictureOfPage(board: Board): string {
  const lines: string[] = [];
  const add = (layer: Layer, depth: number) => {
    const data = [...layer.data].sort(([one], [other]) => (one < other ? -1 : 1));
    lines.push(
      `${depth} ${layer.id} ${layer.type} ${JSON.stringify(layer.values)} ${JSON.stringify(data)}`,
    );
    for (const child of layer.children ?? []) add(child, depth + 1);
  };
  for (const page of board.standIn.document.pages) add(page, 0);
  return lines.join("\n");
}
