import { buildPlugin } from "../config/build-plugin.ts";
import type { ChromiumPanels } from "../figma/panel/chromium-panels.ts";
import { absoluteBox, type Box } from "../figma/model/geometry.ts";
import { descendants, type Layer } from "../figma/model/layer.ts";
import type { User } from "../figma/people/user.ts";
import {
  createStandIn,
  type PluginOptions,
  type StandIn,
  type StandInOptions,
} from "../figma/stand-in.ts";
import { resultRecordSchema, type ResultRecord } from "#domain/placement";
import { SpacesWindow, until } from "./spaces-window.ts";

/** Links that somebody else should put right are waited for so long (ui/background/keep-links.ts). */
const restMs = 700;

/** A result as it lies on the canvas: the layer and what it remembers, whoever it was written for. */
export interface LyingResult {
  readonly layer: Layer;
  readonly record: ResultRecord;
}

/** What Figma starts a plugin with: a command of its manifest, and what was typed into quick actions. */
type Start = Pick<PluginOptions, "command" | "parameters">;

/** A file in the stand-in on which people open the built plugin, with its panel in a browser. */
export class SpacesStage {
  readonly standIn: StandIn;
  readonly address: string;
  readonly #panels: ChromiumPanels;
  readonly #windows: SpacesWindow[] = [];
  readonly #stopTime: () => void;

  /** `port`: that of the relay, which the manifest lets the panel reach. */
  constructor(
    panels: ChromiumPanels,
    port: number,
    options: Omit<StandInOptions, "startMs" | "seed">,
  ) {
    this.#panels = panels;
    this.address = `http://localhost:${port}`;
    // Panel and main thread live at the same time, as they do on one machine.
    this.standIn = createStandIn({ ...options, seed: 7, startMs: Date.now() });
    this.#stopTime = this.standIn.clock.followRealTime();
  }

  /** Opens the plugin for a person, by its menu item or as something else asks for. */
  async open(user: User = this.standIn.user, start: Start = {}): Promise<SpacesWindow> {
    const { manifest, mainCode, uiCode } = await buildPlugin();
    const reaching = withAddress(manifest, this.address);
    const { earlyMessages } = this.standIn.switches;
    const plugin = await this.standIn.runPlugin({
      manifest: reaching,
      mainCode,
      uiCode,
      by: user,
      ...start,
      panel: this.#panels.panel({ manifest: reaching, earlyMessages }),
    });
    const drawn = this.#panels.latest;
    const window = new SpacesWindow(user, plugin, drawn, await drawn.frame());
    this.#windows.push(window);
    return window;
  }

  /** A layer of the file, by its id. */
  layer(id: string): Layer {
    const found = this.standIn.document.layer(id);
    if (found === null) throw new Error(`There is no layer ${id}.`);
    return found;
  }

  /** Where a layer lies on its page. */
  box(id: string): Box {
    return absoluteBox(this.layer(id));
  }

  /** One record of a layer, parsed; null where there is none. */
  record(layer: Layer, key: string): Record<string, unknown> | null {
    const stored = layer.data.get(`shared|spaces|${key}`);
    if (stored === undefined || stored === "") return null;
    return JSON.parse(stored) as Record<string, unknown>;
  }

  /** Every layer of the file. */
  get layers(): Layer[] {
    return this.standIn.document.pages.flatMap((page) => [...descendants(page)]);
  }

  /** The layers that count as placed results. */
  get results(): LyingResult[] {
    return this.layers.flatMap((layer) => {
      const parsed = resultRecordSchema.safeParse(this.record(layer, "res"));
      return parsed.success && parsed.data.self === layer.id
        ? [{ layer, record: parsed.data }]
        : [];
    });
  }

  /** The placed results of a node. */
  resultsOf(node: string): LyingResult[] {
    return this.results.filter(({ record }) => record.src === node);
  }

  /** The bytes of the picture that a layer is filled with. */
  pictureOf(layer: Layer): Uint8Array | null {
    const fills = layer.values["fills"] as { type: string; imageHash?: string }[];
    const hash = fills.find(({ type }) => type === "IMAGE")?.imageHash;
    return hash === undefined ? null : (this.standIn.document.images.image(hash)?.bytes ?? null);
  }

  /** Waits until no layer changes any more: longer than anything here waits for another change. */
  async comesToRest(): Promise<void> {
    const { clock, document } = this.standIn;
    let changedAtMs = clock.nowMs;
    const stop = document.listen(() => (changedAtMs = clock.nowMs));
    await until("the canvas comes to rest", () => clock.nowMs - changedAtMs > restMs);
    stop();
  }

  /** Everything that went wrong unseen in any window so far. */
  get troubles(): string[] {
    return this.#windows.flatMap((window) => window.troubles);
  }

  /** Closes all windows and stops time. */
  async close(): Promise<void> {
    this.#stopTime();
    this.standIn.dispose();
    await Promise.all(this.#windows.map((window) => window.drawn.finished()));
  }
}

function withAddress(manifest: unknown, address: string): unknown {
  const { networkAccess, ...rest } = manifest as { networkAccess: object };
  return { ...rest, networkAccess: { ...networkAccess, devAllowedDomains: [address] } };
}
