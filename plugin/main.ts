import { sentenceFor } from "./canvas/sentence-for.ts";
import { servePanel } from "./serve-panel.ts";
import { readCommand, suggestNodeTypes, type StartCommand } from "./start-command.ts";

/** The plugin's menu item, and what runs when nothing else was asked for: opens the panel. */
export default function openPanel(): void {
  start(null);
}

/** Quick action: adds a node of the type that was typed. */
export function addNode(): void {
  start("add-node");
}

/** Quick action: makes nodes of the selected layers, of the type that was typed. */
export function useSelectionAs(): void {
  start("use-as");
}

/** Menu item and relaunch button: runs the selected node and what follows it. */
export function runFromHere(): void {
  start("run-from-here");
}

/** Menu item: runs the selected nodes. */
export function runSelection(): void {
  start("run-selection");
}

/** Relaunch button of a node: opens the panel at it. */
export function openNode(): void {
  start("open-node");
}

/** A quick action asks for its parameters first; only then may a panel open (typings, `run`). */
function start(name: StartCommand["name"] | null): void {
  // What is hidden inside instances is never read, which makes large files fast (figma-platform.md 8).
  figma.skipInvisibleInstanceChildren = true;
  figma.parameters.on("input", suggestNodeTypes);
  figma.on("run", ({ parameters }) => {
    servePanel(name && readCommand(name, parameters)).catch((error: unknown) => {
      figma.closePlugin(sentenceFor(error));
    });
  });
}
