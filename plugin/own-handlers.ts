import type { PluginHandlers } from "#domain/plugin-end";
import { keepBytes } from "./canvas/place/transfers.ts";
import { readBoxes } from "./canvas/read/read-boxes.ts";
import { readPicture } from "./canvas/read/read-picture.ts";
import type { PageWatch } from "./canvas/read/watch-page.ts";
import { showLayers } from "./canvas/show-layers.ts";
import { sayHello } from "./hello.ts";
import { resizePanel } from "./panel-size.ts";
import type { StartCommand } from "./start-command.ts";

type OwnRequest =
  | "hello"
  | "readPage"
  | "readPicture"
  | "readBoxes"
  | "show"
  | "notify"
  | "recall"
  | "remember"
  | "resizePanel"
  | "openLink";

/** What the main thread does itself: all but drawing and placing. The command is told once. */
export function createOwnHandlers(
  watch: PageWatch,
  command: StartCommand | null,
): Pick<PluginHandlers, OwnRequest> {
  let untold = command;
  return {
    hello: async () => {
      const hello = await sayHello(untold);
      untold = null;
      return hello;
    },
    readPage: ({ from }) => watch.readPiece(from),
    readPicture: async (ask) => {
      const read = await readPicture(ask);
      if ("message" in read) return read;
      return { transfer: keepBytes(read.bytes), size: read.bytes.length };
    },
    readBoxes: async ({ layers }) => ({ boxes: await readBoxes(layers) }),
    show: async ({ layers }) => {
      await showLayers(layers);
      return {};
    },
    notify: ({ message, isError }) => {
      // Figma cuts a notice off at 100 characters without a sign of it.
      const text = message.length > 100 ? `${message.slice(0, 99)}…` : message;
      figma.notify(text, { error: isError });
      return {};
    },
    recall: async ({ key }) => {
      const value: unknown = await figma.clientStorage.getAsync(storageKey(key));
      return { value: typeof value === "string" ? value : null };
    },
    remember: async ({ key, value }) => {
      if (value === null) await figma.clientStorage.deleteAsync(storageKey(key));
      else await figma.clientStorage.setAsync(storageKey(key), value);
      return {};
    },
    resizePanel: async (size) => {
      await resizePanel(size);
      return {};
    },
    openLink: ({ url }) => {
      if (!/^https?:\/\//.test(url)) throw new Error("only web addresses can be opened");
      figma.openExternal(url);
      return {};
    },
  };
}

/** clientStorage is this plugin's own; the prefix keeps its keys apart from those of older versions. */
function storageKey(key: string): string {
  return `spaces/${key}`;
}
