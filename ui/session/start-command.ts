import { effect } from "@preact/signals-core";
import type { PanelActions } from "../panel-actions.ts";
import type { ActionContext } from "./action-context.ts";
import { addNode } from "./build-actions.ts";
import { readSelection } from "./selection-target.ts";
import type { SessionState } from "./session-state.ts";

/**
 * Does what a quick action or relaunch button asked for, once, as soon as the page was read and, for a
 * run, the relay is there; gives back how to call it off.
 */
export function runStartCommand(
  state: SessionState,
  context: ActionContext,
  actions: PanelActions,
): () => void {
  const command = state.hello.peek()?.command ?? null;
  if (!command || command.name === "open-node") return () => undefined;
  const isRun = command.name === "run-from-here" || command.name === "run-selection";
  let isDone = false;
  return effect(() => {
    const facts = state.facts.value;
    const isReady = !isRun || (state.data.models.value.length > 0 && isOpen(state));
    if (isDone || !facts || !isReady) return;
    isDone = true;
    const selected = readSelection(context.selection(), facts.page, facts.graph).nodes;
    const [first] = selected;
    if (command.name === "add-node" && command.type) {
      void addNode(context, command.type, null, command.prompt).catch(() => {
        context.notices.warn("action", "The node could not be added. Add it from the panel.");
      });
    }
    if (command.name === "use-as" && command.type) actions.useSelectionAs(command.type);
    if (!isRun) return;
    if (first === undefined) {
      context.notices.warn("run", "Select a node first, then run it.");
    } else if (command.name === "run-from-here") {
      actions.run({ mode: "from-here", node: first }, false);
    } else actions.run({ mode: "selected", nodes: [...selected] }, false);
  });
}

function isOpen({ link, background }: SessionState): boolean {
  return link.relay.value !== null && background.value?.file.value != null;
}
