import type { ReferenceView } from "../../node-view.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { usePanel } from "../panel-context.ts";
import { Select } from "../controls/select.tsx";

interface ReferenceDetailsProps {
  readonly node: string;
  readonly reference: ReferenceView;
  readonly count: number;
  readonly disconnect: () => void;
}

/** The chosen reference: where it comes from, the input that it enters, moving and disconnecting it. */
export function ReferenceDetails({ node, reference, count, disconnect }: ReferenceDetailsProps) {
  const { actions, isReadOnly } = usePanel();
  const { connection, number, title, port, portLabel, otherPorts } = reference;
  const ports = [{ port, label: portLabel }, ...otherPorts];
  const move = (by: -1 | 1): void => actions.moveReference(node, connection, by);
  return (
    <div class="reference" role="group" aria-label={`Reference ${number}`}>
      <div class="list-row">
        <button
          type="button"
          class="words plain"
          title="Show on the canvas"
          onClick={() => actions.show([reference.node])}
        >
          <span class="cut" dir="auto">
            {number}. {title}
          </span>
          {otherPorts.length === 0 && <span class="quiet cut">{portLabel}</span>}
        </button>
        <IconButton
          icon="left"
          label="Move before"
          disabled={isReadOnly || number <= 1}
          onClick={() => move(-1)}
        />
        <IconButton
          icon="right"
          label="Move behind"
          disabled={isReadOnly || number >= count}
          onClick={() => move(1)}
        />
        <IconButton icon="close" label="Disconnect" disabled={isReadOnly} onClick={disconnect} />
      </div>
      {otherPorts.length > 0 && (
        <Select
          label="Enters at"
          value={port}
          options={ports.map((each) => ({ value: each.port, label: each.label }))}
          isDisabled={isReadOnly}
          choose={(chosen) => actions.choosePort(connection, chosen)}
        />
      )}
    </div>
  );
}
