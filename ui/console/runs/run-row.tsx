import { useId } from "preact/hooks";
import type { ListedRun } from "#domain/console-routes";
import { formatCost } from "#domain/cost";
import { browserTime } from "../../browser-time.ts";
import { Icon } from "../../panel/controls/icon.tsx";
import { formatMoment } from "../../session/words.ts";
import { formatLength } from "../words.ts";
import { RunDetails } from "./run-details.tsx";

interface RunRowProps {
  readonly run: ListedRun;
  readonly isOpen: boolean;
  readonly toggle: () => void;
  /** Called when the run is not any more what the list says. */
  readonly changed: () => void;
}

const stateWords: Readonly<Record<ListedRun["state"], string>> = {
  running: "Running",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** A run in a line; opened, what its nodes did. */
export function RunRow({ run, isOpen, toggle, changed }: RunRowProps) {
  const id = useId();
  return (
    <li class="run-row">
      <button
        type="button"
        class="run-line"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={toggle}
      >
        <Icon name="down" />
        <span class="pill" data-kind={run.state}>
          {stateWords[run.state]}
        </span>
        <span class="words">
          <span class="strong cut">{run.fileName ?? run.file}</span>
          <span class="quiet cut">{madeOf(run)}</span>
        </span>
        <span class="run-when quiet">
          {formatMoment(run.startedAtMs, browserTime.nowMs())}
          {", "}
          {run.startedBy}
        </span>
        <span class="run-length quiet number">
          {run.endedAtMs === null ? "" : formatLength(run.endedAtMs - run.startedAtMs)}
        </span>
        <span class="run-cost number">{costOf(run)}</span>
      </button>
      {isOpen && (
        <div id={id}>
          <RunDetails run={run} changed={changed} />
        </div>
      )}
    </li>
  );
}

/** "3 nodes, 1 reused: fal:flux-2, local:draft". */
function madeOf({ nodes, reused, models }: ListedRun): string {
  const count = nodes === 1 ? "1 node" : `${nodes} nodes`;
  const kept = reused === 0 ? "" : `, ${reused} reused`;
  return models.length === 0 ? `${count}${kept}` : `${count}${kept}: ${models.join(", ")}`;
}

function costOf(run: ListedRun): string {
  return run.state === "running" ? `up to ${formatCost(run.atMost)}` : formatCost(run);
}
