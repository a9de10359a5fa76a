import { Button } from "../controls/button.tsx";
import type { NodeTabView } from "../../panel-view.ts";
import { Field } from "../controls/field.tsx";
import { Icon } from "../controls/icon.tsx";
import { usePanel } from "../panel-context.ts";
import { Select } from "../controls/select.tsx";

type Line = Extract<NodeTabView, { kind: "line" }>;

/** A selected line: what it connects, into which input, and what can be done about it. */
export function LineSelected({ view }: { readonly view: Line }) {
  const { actions, isReadOnly } = usePanel();
  return (
    <>
      <div class="scroll">
        <div class="ends">
          <End title={view.fromTitle} missing="Starts at nothing" />
          <Icon name="right" />
          <End title={view.toTitle} missing="Ends at nothing" />
        </div>
        {view.problem !== null && (
          <p class="problem padded" role="alert" dir="auto">
            {view.problem}
          </p>
        )}
        {view.ports.length > 0 && (
          <div class="section">
            <Field label="Enters at">
              {(field) => (
                <Select
                  {...field}
                  value={view.port}
                  options={view.ports.map(({ port, label }) => ({ value: port, label }))}
                  isDisabled={isReadOnly || view.ports.length < 2}
                  choose={(port) => actions.choosePort(view.layer, port)}
                />
              )}
            </Field>
          </div>
        )}
        <div class="section row">
          {view.canTurn && (
            <Button secondary disabled={isReadOnly} onClick={() => actions.turnLine(view.layer)}>
              Turn round
            </Button>
          )}
          <Button secondary disabled={isReadOnly} onClick={() => actions.removeLine(view.layer)}>
            {view.isSuggestion ? "Not a connection" : "Disconnect"}
          </Button>
        </div>
      </div>
      {view.isSuggestion && (
        <div class="bottom">
          <Button fullWidth disabled={isReadOnly} onClick={() => actions.accept([view.layer])}>
            Use as a connection
          </Button>
        </div>
      )}
    </>
  );
}

function End({ title, missing }: { readonly title: string | null; readonly missing: string }) {
  return (
    <p class={title === null ? "end quiet" : "end strong"} dir="auto">
      {title ?? missing}
    </p>
  );
}
