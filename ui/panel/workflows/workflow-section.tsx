import { useEffect } from "preact/hooks";
import type { WorkflowsView } from "../../workflows-view.ts";
import { Button } from "../controls/button.tsx";
import { IconButton } from "../controls/icon-button.tsx";
import { Section } from "../controls/section.tsx";
import { chooseFile } from "../node/choose-file.ts";
import { usePanel } from "../panel-context.ts";
import { WorkflowForm } from "./workflow-form.tsx";

/** The team's ComfyUI workflows: each is a model; one more is added from a file. */
export function WorkflowSection({ list, problem, draft }: WorkflowsView) {
  const { actions } = usePanel();
  useEffect(() => actions.readWorkflows(), [actions]);
  return (
    <Section title="ComfyUI workflows">
      {list.map(({ id, title }) => (
        <div key={id} class="row">
          <span class="cut grow" dir="auto">
            {title}
          </span>
          <IconButton
            icon="close"
            label={`Remove ${title}`}
            onClick={() => actions.removeWorkflow(id)}
          />
        </div>
      ))}
      {problem !== null && (
        <p class="quiet" dir="auto">
          {problem}
        </p>
      )}
      {draft ? (
        <WorkflowForm draft={draft} />
      ) : (
        <Button
          secondary
          onClick={() => chooseFile("application/json", (file) => actions.openWorkflow(file))}
        >
          Add a workflow…
        </Button>
      )}
    </Section>
  );
}
