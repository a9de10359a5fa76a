import { Field } from "../controls/field.tsx";
import { usePanel } from "../panel-context.ts";
import { Select } from "../controls/select.tsx";

interface PlacementChoiceProps {
  readonly node: string;
  readonly placement: "stack" | "replace";
}

const options = [
  { value: "stack", label: "Beside the earlier ones" },
  { value: "replace", label: "In the place of the earlier one" },
];

/** Where new results of a node go. */
export function PlacementChoice({ node, placement }: PlacementChoiceProps) {
  const { actions, isReadOnly } = usePanel();
  return (
    <Field label="New results go">
      {(props) => (
        <Select
          {...props}
          value={placement}
          options={options}
          isDisabled={isReadOnly}
          choose={(mode) => actions.setPlacement(node, mode === "replace" ? "replace" : "stack")}
        />
      )}
    </Field>
  );
}
