import type { FieldView } from "../../node-view.ts";
import { Field } from "../controls/field.tsx";
import { usePanel } from "../panel-context.ts";
import { TextArea } from "../controls/text-area.tsx";

interface TextFieldProps {
  readonly node: string;
  readonly field: FieldView;
  readonly rows: number;
}

/** A setting that is a text: a prompt, or a shorter one. */
export function TextField({ node, field, rows }: TextFieldProps) {
  const { actions, isReadOnly } = usePanel();
  const { param, name, value, problem } = field;
  const isText = param.control === "text";
  return (
    <Field label={param.label} hint={param.hint} problem={problem}>
      {(props) => (
        <TextArea
          {...props}
          rows={rows}
          value={typeof value === "string" ? value : isText ? param.default : ""}
          placeholder={isText ? param.placeholder : undefined}
          maxCharacters={isText ? param.maxCharacters : undefined}
          isReadOnly={isReadOnly}
          keep={(text) => actions.setSetting(node, name, text)}
        />
      )}
    </Field>
  );
}
