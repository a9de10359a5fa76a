import type { Param } from "#domain/param";
import { Field, type FieldProps } from "../controls/field.tsx";
import { IconButton } from "../controls/icon-button.tsx";
import { usePanel } from "../panel-context.ts";
import { stepDecimals, toStep } from "../controls/to-step.ts";
import { useDraft } from "../controls/use-draft.ts";

type NumberParam = Extract<Param, { control: "number" }>;

interface NumberProps {
  readonly param: NumberParam;
  readonly number: number;
  readonly set: (value: number) => void;
}

interface NumberFieldProps {
  readonly param: NumberParam;
  readonly value: unknown;
  readonly problem: string | null;
  readonly set: (value: number) => void;
}

/** Ranges with more steps than this get no slider, since a pixel of it would be several steps. */
const mostSliderSteps = 200;

/** A number: typed, stepped by buttons and arrow keys, and slid where its range is short. */
export function NumberField({ param, value, problem, set }: NumberFieldProps) {
  const { isReadOnly } = usePanel();
  const { min, max, step, unit } = param;
  const number = typeof value === "number" ? value : param.default;
  const count = (max - min) / step;
  const label = unit === undefined ? param.label : `${param.label} (${unit})`;
  return (
    <Field label={label} hint={param.hint} problem={problem}>
      {(field) => (
        <div class="number">
          {count > 2 && count <= mostSliderSteps && (
            <input
              type="range"
              class="slider"
              aria-label={`${label}, slider`}
              min={min}
              max={max}
              step={step}
              value={number}
              disabled={isReadOnly}
              onChange={(event) => set(toStep(event.currentTarget.valueAsNumber, param))}
            />
          )}
          <Stepper param={param} number={number} set={set} field={field} />
        </div>
      )}
    </Field>
  );
}

function Stepper({ param, number, set, field }: NumberProps & { readonly field: FieldProps }) {
  const { isReadOnly } = usePanel();
  const { min, max, step, label } = param;
  const draft = useDraft(String(Number(number.toFixed(stepDecimals(param)))), (text) => {
    const typed = Number(text.replace(",", "."));
    const next = text.trim() === "" || !Number.isFinite(typed) ? number : toStep(typed, param);
    if (next === number) draft.revert();
    else set(next);
  });
  const stepBy = (by: number): void => {
    draft.revert();
    const next = toStep(number + by * step, param);
    if (next !== number) set(next);
  };
  const press = (event: KeyboardEvent): void => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (event.key === "Enter") draft.keep();
    if (event.key === "Escape") draft.revert();
    if (by === undefined || isReadOnly) return;
    event.preventDefault();
    stepBy(by * (event.shiftKey ? 10 : 1));
  };
  const button = (icon: "minus" | "add", by: -1 | 1, isEnd: boolean) => (
    <IconButton
      icon={icon}
      label={`${by < 0 ? "Less" : "More"}: ${label}`}
      tabIndex={-1}
      disabled={isReadOnly || isEnd}
      onClick={() => stepBy(by)}
    />
  );
  return (
    <div class="stepper">
      {button("minus", -1, number <= min)}
      <input
        {...field}
        class="number-input"
        role="spinbutton"
        inputMode="decimal"
        aria-valuenow={number}
        aria-valuemin={min}
        aria-valuemax={max}
        value={draft.text}
        readOnly={isReadOnly}
        onInput={(event) => draft.type(event.currentTarget.value)}
        onBlur={draft.keep}
        onKeyDown={press}
      />
      {button("add", 1, number >= max)}
    </div>
  );
}
