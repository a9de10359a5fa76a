import { Button } from "../controls/button.tsx";
import { useState } from "preact/hooks";
import type { RunStepView, RunView } from "../../panel-view.ts";
import { usePanel } from "../panel-context.ts";
import { Facts } from "../controls/facts.tsx";
import { ProgressBar } from "../controls/progress-bar.tsx";
import { TypeGlyph } from "../controls/type-glyph.tsx";

const shownAtOnce = 20;

/** The runs of this file, newest first, each with its nodes. */
export function RunsTab({ runs }: { readonly runs: readonly RunView[] }) {
  const [shown, setShown] = useState(shownAtOnce);
  const more = runs.length - shown;
  if (runs.length === 0) {
    return (
      <div class="centre">
        <p class="strong">No runs yet</p>
        <p class="quiet">
          Select a node and run it. Runs go on when the panel is closed; you find them here.
        </p>
      </div>
    );
  }
  return (
    <div class="scroll">
      <ol class="runs" aria-label="Runs, newest first">
        {runs.slice(0, shown).map((run) => (
          <Run key={run.id} run={run} />
        ))}
      </ol>
      {more > 0 && (
        <button type="button" class="link padded" onClick={() => setShown(shown + shownAtOnce)}>
          Show {Math.min(more, shownAtOnce)} older
        </button>
      )}
    </div>
  );
}

function Run({ run }: { readonly run: RunView }) {
  const { actions } = usePanel();
  const isRunning = run.outcome === "running";
  return (
    <li class="run">
      <details open={isRunning}>
        <summary>
          <span class="words">
            <span class="strong" data-outcome={run.outcome}>
              {run.outcomeText}
            </span>
            <span class="quiet cut">
              <Facts facts={[run.startedText, run.startedBy]} />
            </span>
          </span>
          <span class="price">{run.costText}</span>
        </summary>
        <ol class="list">
          {run.steps.map((step) => (
            <Step key={step.node} step={step} />
          ))}
        </ol>
      </details>
      {run.canCancel && (
        <Button
          secondary
          disabled={run.isStopping}
          aria-label={`Stop the run of ${run.startedText}`}
          onClick={() => actions.cancelRun(run.id)}
        >
          {run.isStopping ? "Stopping…" : "Stop"}
        </Button>
      )}
    </li>
  );
}

function Step({ step }: { readonly step: RunStepView }) {
  const { actions } = usePanel();
  return (
    <li class="list-row run-step">
      <TypeGlyph type={step.type} />
      <div class="words">
        <button
          type="button"
          class="words plain"
          title="Show on the canvas"
          onClick={() => actions.show([step.node])}
        >
          <span class="cut" dir="auto">
            {step.title}
          </span>
        </button>
        <span class="quiet" data-state={step.state}>
          {step.stateText}
        </span>
        {step.state === "running" && (
          <ProgressBar label={`Progress of ${step.title}`} done={step.done} />
        )}
        {step.failure !== null && (
          <p class="problem" dir="auto">
            {step.failure}
          </p>
        )}
      </div>
      <span class="price">{step.costText}</span>
    </li>
  );
}
