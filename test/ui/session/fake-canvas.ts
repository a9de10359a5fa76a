import { createPanelEnd, type PanelEnd } from "#domain/channel";
import { createPluginEnd, type PluginEnd, type PluginHandlers } from "#domain/plugin-end";
import type { LayerFacts, PageFacts } from "#domain/layer";
import type { RecordWrite } from "#domain/repair-copies";
import { applyLayerNews } from "../../../ui/session/apply-layer-news.ts";
import { setRecord } from "../../../ui/session/set-record.ts";
import { layer, page } from "../../helpers/build-board.ts";

/** A canvas that keeps layers in memory and answers the panel over a real channel. */
export class FakeCanvas {
  page: PageFacts;
  selection: string[] = [];
  editor: "figma" | "figjam" = "figjam";
  record = "";
  command: Awaited<ReturnType<PluginHandlers["hello"]>>["command"] = null;
  readonly stored = new Map<string, string>();
  readonly images = new Map<string, Uint8Array>();
  readonly writes: RecordWrite[][] = [];
  readonly shown: string[][] = [];
  /** Addresses that were opened in a tab of the browser. */
  readonly opened: string[] = [];
  /** What the canvas answers to each write, if it refuses. */
  refusal: string | null = null;
  panelSize = { width: 340, height: 640 };
  readonly sizes: { width: number; height: number }[] = [];
  /** Layers of one answer of readPage. */
  pieceSize = 500;
  /** Called between two pieces. */
  betweenPieces: (() => void) | null = null;
  readonly panel: PanelEnd;
  readonly #transfers = new Map<string, Uint8Array>();
  readonly #plugin: PluginEnd;
  #made = 0;
  #walk: readonly string[] = [];

  constructor(...layers: readonly LayerFacts[]) {
    this.page = page(...layers);
    const plugin = createPluginEnd(
      (message) => queueMicrotask(() => this.panel.receive(structuredClone(message))),
      this.#handlers(),
      (error) => (error instanceof Error ? error.message : String(error)),
    );
    this.#plugin = plugin;
    this.panel = createPanelEnd({
      post: (message) => queueMicrotask(() => void plugin.receive(structuredClone(message))),
      wait: () => () => undefined,
    });
  }

  select(...ids: string[]): void {
    this.selection = ids;
    this.#plugin.tell("selection", { layers: ids });
  }

  /** Changes the page as somebody else would. */
  change(changed: readonly LayerFacts[], removed: readonly string[] = []): void {
    const news = { page: this.page.id, changed: [...changed], removed: [...removed] };
    this.page = applyLayerNews(this.page, news);
    this.#plugin.tell("layers", { ...news, created: [], isLocal: false });
  }

  complain(message: string): void {
    this.#plugin.tell("trouble", { message });
  }

  /** Shows another page. */
  showPage(shown: PageFacts): void {
    this.page = shown;
    this.#plugin.tell("page", { id: shown.id, name: shown.name });
  }

  find(id: string): LayerFacts {
    const found = this.page.layers.find((each) => each.id === id);
    if (!found) throw new Error(`There is no layer ${id}.`);
    return found;
  }

  #add(type: string, changes: Partial<LayerFacts>, key: "node" | "edge", record: string): string {
    const id = `made:${(this.#made += 1)}`;
    const value = JSON.stringify({ ...(JSON.parse(record) as object), self: id });
    this.change([setRecord(layer(id, type, changes), { layer: id, key, value })]);
    return id;
  }

  #write(writes: readonly RecordWrite[]): { layer: string; message: string }[] {
    this.writes.push([...writes]);
    if (this.refusal !== null) {
      return writes.map((write) => ({ layer: write.layer, message: this.refusal ?? "" }));
    }
    for (const write of writes) this.change([setRecord(this.find(write.layer), write)]);
    return [];
  }

  #handlers(): PluginHandlers {
    const nothing = () => ({});
    const free = (id: string) => ({
      box: { x: this.#made * 400, y: 0, width: 280, height: 200 },
      name: id,
    });
    return {
      hello: () => ({
        editor: this.editor,
        page: { id: this.page.id, name: this.page.name },
        selection: this.selection,
        user: { id: "1", name: "Ana" },
        document: { name: "File", fileKey: null, record: this.record },
        command: this.command,
        panel: this.panelSize,
      }),
      readPage: ({ from }) => {
        if (from > 0) this.betweenPieces?.();
        else this.#walk = this.page.layers.map(({ id }) => id);
        const next = from + this.pieceSize;
        const ids = this.#walk.slice(from, next);
        return {
          page: { id: this.page.id, name: this.page.name },
          layers: this.page.layers.filter(({ id }) => ids.includes(id)),
          next: next < this.#walk.length ? next : null,
        };
      },
      writeRecords: ({ writes }) => ({ refused: this.#write(writes) }),
      writeDocumentRecord: ({ value }) => ((this.record = value), { isWritten: true }),
      createNode: ({ record }) => {
        const layer = this.#add("SECTION", free("new"), "node", record);
        return { layer, message: null };
      },
      drawCards: () => ({ refused: [] }),
      writeText: ({ layer: id, text }) => {
        this.change([{ ...this.find(id), text }]);
        return { message: null };
      },
      drawConnector: ({ from, to, record }) => {
        const ends = { start: { layer: from, position: null }, end: { layer: to, position: null } };
        const connector = { ...ends, direction: "forward" } as const;
        return {
          layer: this.#add("CONNECTOR", { connector, box: null }, "edge", record),
          message: null,
        };
      },
      drawLinks: ({ links }) => ({
        layers: links.map(({ points, record }) => {
          const path = { points, caps: { start: "none", end: "arrow" }, strokeWeight: 2 } as const;
          return this.#add("VECTOR", { path }, "edge", record);
        }),
        refused: [],
      }),
      turnConnector: ({ layer: id }) => {
        const { connector } = this.find(id);
        if (!connector) return { message: "It is no connector." };
        const turned = { ...connector, start: connector.end, end: connector.start };
        this.change([{ ...this.find(id), connector: turned }]);
        return { message: null };
      },
      tieConnector: () => ({ message: null }),
      removeLayers: ({ layers }) => {
        this.change([], layers);
        return { refused: [] };
      },
      duplicateLayer: ({ layer: id }) => {
        const copy = `copy of ${id}`;
        this.change([{ ...this.find(id), id: copy }]);
        return { layer: copy, message: null };
      },
      readPicture: ({ layer: id, how }) => {
        const bytes = this.images.get(`${how} ${id}`);
        if (!bytes) return { message: "There is no picture." };
        this.#transfers.set(id, bytes);
        return { transfer: id, size: bytes.length };
      },
      readSlice: ({ transfer, from }) => {
        return {
          bytes: (this.#transfers.get(transfer) ?? new Uint8Array()).slice(from, from + 1000),
        };
      },
      sendSlice: nothing,
      dropTransfer: ({ transfer }) => (this.#transfers.delete(transfer), {}),
      place: () => ({ kind: "late" }),
      findResults: () => ({ results: [] }),
      readBoxes: ({ layers }) => ({
        boxes: layers.flatMap((id) => {
          const box = this.page.layers.find((each) => each.id === id)?.box;
          return box ? [{ layer: id, box }] : [];
        }),
      }),
      show: ({ layers }) => (this.shown.push(layers), {}),
      notify: nothing,
      recall: ({ key }) => ({ value: this.stored.get(key) ?? null }),
      remember: ({ key, value }) => {
        if (value === null) this.stored.delete(key);
        else this.stored.set(key, value);
        return {};
      },
      resizePanel: (size) => {
        this.panelSize = size;
        this.sizes.push(size);
        return {};
      },
      openLink: ({ url }) => (this.opened.push(url), {}),
    };
  }
}
