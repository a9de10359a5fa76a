import { Button } from "../controls/button.tsx";
import type { CardStatus } from "#domain/card";
import type { RunView } from "../../panel-view.ts";
import { usePanel } from "../panel-context.ts";
import { ProgressBar } from "../controls/progress-bar.tsx";

interface ActiveRunProps {
  /** The run's id. */
  readonly id: string;
  readonly status: CardStatus;
  readonly run: RunView | null;
}

/** The run that a node is part of: how far the node is, and stopping the run. */
export function ActiveRun({ id, status, run }: ActiveRunProps) {
  const { actions } = usePanel();
  const isStopping = run?.isStopping === true;
  return (
    <div class="bottom">
      <div class="row spread">
        <span class="cut">{status.text}</span>
        {run !== null && <span class="quiet">{run.costText}</span>}
      </div>
      <ProgressBar label="Progress of this node" done={status.done} />
      <Button
        secondary
        fullWidth
        disabled={isStopping || run?.canCancel === false}
        onClick={() => actions.cancelRun(id)}
      >
        {isStopping ? "Stopping…" : "Stop the run"}
      </Button>
    </div>
  );
}
