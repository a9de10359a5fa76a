import { showUI } from "@create-figma-plugin/utilities";
import { createPluginEnd, type PluginHandlers } from "#domain/plugin-end";
import { makeWellFormed } from "#domain/well-formed";
import { drawHandlers } from "./canvas/draw/index.ts";
import { placeHandlers } from "./canvas/place/index.ts";
import { readSelection } from "./canvas/read/told-layer.ts";
import { watchDocument } from "./canvas/read/watch-document.ts";
import { PageWatch } from "./canvas/read/watch-page.ts";
import { createOwnHandlers } from "./own-handlers.ts";
import { recallPanelSize } from "./panel-size.ts";
import { sentenceFor } from "./canvas/sentence-for.ts";
import type { StartCommand } from "./start-command.ts";

/** How often the file's own record is looked at, which no event tells of, and records if need be. */
const lookMs = 2_000;

/**
 * Opens the panel, answers what it asks, and tells it what happens on the canvas. Nothing of the file
 * goes through `showUI`, which would write it into the panel's page unescaped (figma-platform.md 2.4).
 */
export async function servePanel(command: StartCommand | null): Promise<void> {
  const watch = new PageWatch({
    tellLayers: (news) => {
      end.tell("layers", news);
    },
    guard,
  });
  const handlers: PluginHandlers = {
    ...createOwnHandlers(watch, command),
    ...drawHandlers,
    ...placeHandlers,
  };
  const end = createPluginEnd(postToPanel, handlers, sentenceFor);
  /** The one place where what nobody expected of the canvas is caught; requests are refused by the channel. */
  async function guard(work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      end.tell("trouble", { message: sentenceFor(error) });
    }
  }
  figma.ui.on("message", (message: unknown) => void end.receive(message));
  showUI(await recallPanelSize());
  const tellSelection = () => {
    end.tell("selection", { layers: readSelection() });
  };
  const tellPage = () => {
    watch.followPage();
    const { id, name } = figma.currentPage;
    end.tell("page", { id, name: makeWellFormed(name) });
  };
  const tellDocument = watchDocument((record) => {
    end.tell("document", { record });
  });
  figma.on("selectionchange", () => void guard(tellSelection));
  figma.on("currentpagechange", () => void guard(tellPage));
  setInterval(() => void guard(tellDocument), lookMs);
  setInterval(() => void guard(watch.look), lookMs);
}

function postToPanel(message: unknown): void {
  figma.ui.postMessage(message);
}
