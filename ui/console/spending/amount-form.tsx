import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { capUnitSchema, readAmount, type CapUnit } from "#domain/cap";
import { Button } from "../../panel/controls/button.tsx";
import { Select } from "../../panel/controls/select.tsx";
import { useAction } from "../use-asked.ts";

const units: readonly { readonly value: CapUnit; readonly label: string }[] = [
  { value: "credits", label: "Credits" },
  { value: "microDollars", label: "Dollars" },
];

interface AmountFormProps {
  /** What the amount is, as its field says. */
  readonly label: string;
  /** What it is counted in; null where that is asked. */
  readonly unit: CapUnit | null;
  /** The amount as it stands now, as a person would type it. */
  readonly typed?: string;
  readonly verb: string;
  /** Where something beside the amount has to be chosen first, and is not. */
  readonly isIncomplete?: boolean;
  readonly set: (unit: CapUnit, most: number) => Promise<void>;
  readonly close: () => void;
  /** Fields before the amount. */
  readonly children?: ComponentChildren;
}

/** Takes an amount in credits or dollars. Escape leaves everything as it is. */
export function AmountForm(props: AmountFormProps) {
  const { label, verb, isIncomplete = false, set, close, children } = props;
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const action = useAction();
  const [unit, setUnit] = useState<CapUnit>(props.unit ?? "credits");
  const [typed, setTyped] = useState(props.typed ?? "");
  const [mistake, setMistake] = useState<string | null>(null);
  useEffect(() => startIn(field.current), []);
  // What the relay was asked for cannot be taken back.
  const cancel = () => {
    if (!action.isBusy) close();
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const most = readAmount(unit, typed);
    setMistake(typeof most === "string" ? most : null);
    if (typeof most === "string") field.current?.focus();
    else if (await action.perform(() => set(unit, most))) close();
  };
  const problem = mistake ?? action.problem;
  return (
    <form
      class="cap-form"
      autocomplete="off"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === "Escape") cancel();
      }}
    >
      <div class="form-line">
        {children}
        <label class="form-field grow">
          <span>{label}</span>
          <input
            ref={field}
            class="text-input"
            inputMode="decimal"
            value={typed}
            maxLength={20}
            aria-describedby={`${id}-problem`}
            aria-invalid={problem !== null}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        {props.unit === null && <UnitField unit={unit} choose={setUnit} />}
        <FormButtons
          verb={verb}
          isBusy={action.isBusy}
          isReady={!isIncomplete && typed.trim() !== ""}
          cancel={cancel}
        />
      </div>
      <div id={`${id}-problem`} role="alert">
        {problem !== null && <p class="problem">{problem}</p>}
      </div>
    </form>
  );
}

/** What stands there is typed over. */
function startIn(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}

interface UnitFieldProps {
  readonly unit: CapUnit;
  readonly choose: (unit: CapUnit) => void;
}

function UnitField({ unit, choose }: UnitFieldProps) {
  return (
    <label class="form-field">
      <span>In</span>
      <Select
        value={unit}
        options={units}
        isDisabled={false}
        choose={(value) => choose(capUnitSchema.parse(value))}
      />
    </label>
  );
}

interface FormButtonsProps {
  readonly verb: string;
  readonly isBusy: boolean;
  readonly isReady: boolean;
  readonly cancel: () => void;
}

function FormButtons({ verb, isBusy, isReady, cancel }: FormButtonsProps) {
  return (
    <div class="buttons">
      <Button type="button" secondary disabled={isBusy} onClick={cancel}>
        Cancel
      </Button>
      <Button disabled={!isReady} loading={isBusy}>
        {verb}
      </Button>
    </div>
  );
}
