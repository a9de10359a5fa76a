import { Button } from "../controls/button.tsx";
import { usePanel } from "../panel-context.ts";

/** Runs every node of the page; the plan sheet asks before anything is spent. */
export function RunAll() {
  const { actions, isReadOnly } = usePanel();
  return (
    <div class="bottom">
      <Button fullWidth disabled={isReadOnly} onClick={() => actions.run({ mode: "all" }, false)}>
        Run all
      </Button>
    </div>
  );
}
