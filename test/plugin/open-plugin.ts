import { createPanelEnd, type PanelEnd } from "#domain/channel";
import { buildPlugin } from "../config/build-plugin.ts";
import type { FetchFunction } from "../figma/network.ts";
import type { ChromiumPanels } from "../figma/panel/chromium-panels.ts";
import { HeadlessPanel, type Panel } from "../figma/panel/panel.ts";
import type { PluginWindow } from "../figma/people/plugin-window.ts";
import type { User } from "../figma/people/user.ts";
import { createStandIn, type StandIn, type StandInOptions } from "../figma/stand-in.ts";

/** How the built plugin is opened. */
export interface OpenOptions extends Partial<StandInOptions> {
  /** A file that is open already, with its people; made anew from the other options otherwise. */
  readonly on?: StandIn;
  readonly by?: User;
  /** A handler of plugin/main.ts, as a menu item or relaunch button starts it. */
  readonly command?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Draws the real panel in a browser; without it nobody but the test listens. */
  readonly panels?: ChromiumPanels;
  /** The network of the main thread; without it every request fails. */
  readonly fetch?: FetchFunction;
  /** Off for measurements: watching costs time in the plugin's machine. */
  readonly watchesRejections?: boolean;
}

/** The built plugin, open on a file. */
export interface OpenedPlugin {
  readonly standIn: StandIn;
  readonly window: PluginWindow;
  /** The test's own end of the channel, beside that of a real panel; asking lets time pass. */
  readonly panel: PanelEnd;
}

/** Ids of the test's own requests start here, so that a real panel does not take their answers. */
const firstId = 1_000_000;

/** Opens the plugin as it is built, in the stand-in. */
export async function openPlugin(options: OpenOptions = {}): Promise<OpenedPlugin> {
  const { manifest, mainCode, uiCode } = await buildPlugin();
  const { on, by, command, parameters, panels, fetch, ...rest } = options;
  const standIn = on ?? createStandIn({ editor: "figma", seed: 7, ...rest });
  const { clock, switches } = standIn;
  const opened: { window?: PluginWindow } = {};
  const end = createPanelEnd({
    post: (message) => opened.window?.post({ ...(message as Asked), id: toWire(message) }),
    wait: (durationMs, then) => clock.after(durationMs, then),
  });
  const drawn = panels?.panel({ manifest, earlyMessages: switches.earlyMessages });
  const window = await standIn.runPlugin({
    manifest,
    mainCode,
    uiCode,
    ...(by && { by }),
    ...(fetch && { fetch }),
    ...(command !== undefined && { command }),
    ...(parameters && { parameters }),
    watchesRejections: options.watchesRejections !== false,
    panel: (post) => {
      const panel = drawn?.(post) ?? new HeadlessPanel((task) => clock.soon(task));
      return overhear(panel, (message) => end.receive(fromWire(message)));
    },
  });
  opened.window = window;
  await clock.advance(1);
  return { standIn, window, panel: { ...end, ask: askLettingTimePass(standIn, end) } };
}

interface Asked {
  readonly id: number;
}

function toWire(message: unknown): number {
  return (message as Asked).id + firstId;
}

function fromWire(message: unknown): unknown {
  const envelope: unknown = typeof message === "string" ? JSON.parse(message) : message;
  const { id } = envelope as Partial<Asked>;
  return id === undefined ? envelope : { ...(envelope as Asked), id: id - firstId };
}

function overhear(panel: Panel, hear: (message: unknown) => void): Panel {
  return new Proxy(panel, {
    get: (target, key) => {
      if (key !== "post") {
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      }
      return (message: unknown) => {
        target.post(message);
        hear(message);
      };
    },
    set: (target, key, value) => Reflect.set(target, key, value, target),
  });
}

/** The stand-in's time stands still by itself; all requests under way share one flow of it. */
function askLettingTimePass({ clock }: StandIn, end: PanelEnd): PanelEnd["ask"] {
  const underWay = new Set<unknown>();
  let flow: Promise<void> | null = null;
  const passTime = async () => {
    await clock.advance(1);
    flow = null;
  };
  return async (name, ask) => {
    const answer = end.ask(name, ask);
    underWay.add(answer);
    const settle = () => underWay.delete(answer);
    answer.then(settle, settle);
    while (underWay.has(answer)) await (flow ??= passTime());
    return answer;
  };
}
