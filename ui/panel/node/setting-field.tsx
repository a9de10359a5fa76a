import type { FieldView, NodeView } from "../../node-view.ts";
import { AssetField } from "./asset-field.tsx";
import { Field } from "../controls/field.tsx";
import { ItemsField } from "./items-field.tsx";
import { NumberField } from "./number-field.tsx";
import { usePanel } from "../panel-context.ts";
import { SeedField } from "./seed-field.tsx";
import { Select } from "../controls/select.tsx";
import { SwitchField } from "./switch-field.tsx";
import { TextField } from "./text-field.tsx";

interface SettingFieldProps {
  readonly node: NodeView;
  readonly field: FieldView;
}

/** The control of a setting, as its param declares it. A value of the wrong kind shows the default. */
export function SettingField({ node, field }: SettingFieldProps) {
  const { actions, isReadOnly } = usePanel();
  const { name, param, value, problem } = field;
  const set = (next: unknown): void => actions.setSetting(node.id, name, next);
  switch (param.control) {
    case "text":
      return <TextField node={node.id} field={field} rows={param.maxCharacters > 200 ? 3 : 1} />;
    case "number":
      return <NumberField param={param} value={value} problem={problem} set={set} />;
    case "choice":
      return (
        <Field label={param.label} hint={param.hint} problem={problem}>
          {(props) => (
            <Select
              {...props}
              value={typeof value === "string" ? value : param.default}
              options={param.options}
              isDisabled={isReadOnly}
              choose={set}
            />
          )}
        </Field>
      );
    case "switch":
      return <SwitchField param={param} value={value} problem={problem} set={set} />;
    case "seed":
      return <SeedField versions={node.versions} field={field} set={set} />;
    case "asset":
      return <AssetField node={node.id} field={field} accepts={param.accepts} />;
    case "items":
      return <ItemsField field={field} maxItems={param.maxItems} set={set} />;
  }
}
