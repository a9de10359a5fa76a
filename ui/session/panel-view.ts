import { computed, type ReadonlySignal } from "@preact/signals-core";
import type { PanelView } from "../panel-view.ts";
import type { RunPresser } from "./press-run.ts";
import type { RunState } from "./run-button.ts";
import type { SessionParts } from "./session-parts.ts";
import type { SessionState } from "./session-state.ts";
import { viewOfRuns } from "./view-of-runs.ts";
import { viewOfNothing, viewOfSelection } from "./view-of-selection.ts";
import type { Stock } from "./stock.ts";
import type { Workflows } from "./workflows.ts";

/** Parts of the session that have a view of their own. */
interface DrawnParts {
  readonly presser: RunPresser;
  readonly workflows: Workflows;
  readonly stock: Stock;
}

/** The one state that the panel draws, derived from the session's. */
export function createPanelView(
  state: SessionState,
  { presser, workflows, stock }: DrawnParts,
  { time, version }: Pick<SessionParts, "time" | "version">,
): ReadonlySignal<PanelView> {
  const { canvas, data, link, thumbnails } = state;
  const run = computed<RunState>(() => ({
    obstacle: obstacleOf(state),
    isBusy: presser.isBusy.value,
  }));
  const node = computed(() => {
    const facts = state.facts.value;
    if (!facts) return viewOfNothing(null);
    const { shownNode, selection } = canvas;
    return viewOfSelection(facts, selection.value, {
      versions: data.versions.lists.value.get(shownNode.value ?? "") ?? null,
      run: run.value,
      nowMs: time.nowMs(),
      lookUp: thumbnails.lookUp,
    });
  });
  const runs = computed(() => viewOfRuns(data.runs.runs.value, canvas.graph.value, time.nowMs()));
  const plan = computed(() => presser.readPlan());
  return computed(() => ({
    connection: link.connection.value,
    notices: state.notices.all.value,
    isReadOnly: canvas.isReadOnly.value,
    node: node.value,
    plan: plan.value,
    stock: stock.view.value,
    runs: runs.value,
    workflows: workflows.view.value,
    settings: {
      fileName: state.hello.value?.document.name ?? "",
      version,
      editor: state.hello.value?.editor ?? "figma",
    },
  }));
}

/** What keeps every node from running, in a sentence. */
function obstacleOf({ link, canvas, background }: SessionState): string | null {
  if (canvas.isReadOnly.value) return "You can look at this file, not change it.";
  if (!link.relay.value) return "The relay cannot be reached now.";
  if (background.value?.file.value == null) return "The relay does not know this file yet.";
  return null;
}
