import type { WorkflowRole } from "#domain/workflow";
import type { WorkflowDraft } from "../../workflows-view.ts";
import { Button } from "../controls/button.tsx";
import { Field } from "../controls/field.tsx";
import { Select } from "../controls/select.tsx";
import { usePanel } from "../panel-context.ts";

const roleLabels: Readonly<Record<WorkflowRole, string>> = {
  fixed: "As it is",
  setting: "A setting",
  prompt: "Prompt",
  seed: "Seed",
  reference: "Reference",
  mask: "Mask",
  first: "First frame",
  last: "Last frame",
  sound: "Sound",
};

/** Chooses what of a workflow is filled by its node, shown as a setting, or left as it is. */
export function WorkflowForm({ draft }: { readonly draft: WorkflowDraft }) {
  const { actions } = usePanel();
  const { title, read, output, isBusy } = draft;
  const rows = read.inputs.map((input, at) => ({ input, at }));
  const isProposed = ({ input }: (typeof rows)[number]) => input.roles[0] !== "fixed";
  const more = rows.filter((row) => !isProposed(row));
  const draw = ({ at }: (typeof rows)[number]) => <InputRow key={at} draft={draft} at={at} />;
  return (
    <form
      class="fields"
      onSubmit={(event) => {
        event.preventDefault();
        actions.keepWorkflow();
      }}
    >
      <TitleRow title={title} />
      {read.problems.map((problem) => (
        <p key={problem} class="problem" dir="auto">
          {problem}
        </p>
      ))}
      <Field label="Result">
        {(field) => (
          <Select
            {...field}
            value={output}
            options={read.outputs.map(({ node, label, kind }) => ({
              value: node,
              label: `${label} (${kind})`,
            }))}
            isDisabled={isBusy}
            choose={(node) => actions.changeWorkflow({ output: node })}
          />
        )}
      </Field>
      {rows.filter(isProposed).map(draw)}
      {more.length > 0 && (
        <details>
          <summary>{more.length === 1 ? "1 more input" : `${more.length} more inputs`}</summary>
          {more.map(draw)}
        </details>
      )}
      <div class="row">
        <Button type="submit" loading={isBusy} disabled={title.trim() === ""}>
          Keep as a model
        </Button>
        <Button type="button" secondary onClick={() => actions.closeWorkflow()}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function TitleRow({ title }: Pick<WorkflowDraft, "title">) {
  const { actions } = usePanel();
  return (
    <Field label="Name">
      {(field) => (
        <input
          {...field}
          class="text-input"
          value={title}
          maxLength={80}
          required
          onInput={(event) => actions.changeWorkflow({ title: event.currentTarget.value })}
        />
      )}
    </Field>
  );
}

interface InputRowProps {
  readonly draft: WorkflowDraft;
  /** The place of the input. */
  readonly at: number;
}

function InputRow({ draft: { read, roles, isBusy }, at }: InputRowProps) {
  const { actions } = usePanel();
  const input = read.inputs[at];
  if (!input) return null;
  const choose = (value: string) => {
    const role = input.roles.find((each) => each === value);
    if (role === undefined) return;
    actions.changeWorkflow({ roles: roles.map((each, place) => (place === at ? role : each)) });
  };
  return (
    <Field label={input.label} hint={`Now: ${input.value}`}>
      {(field) => (
        <Select
          {...field}
          value={roles[at] ?? "fixed"}
          options={input.roles.map((role) => ({ value: role, label: roleLabels[role] }))}
          isDisabled={isBusy}
          choose={choose}
        />
      )}
    </Field>
  );
}
