import { largestSeed } from "#domain/param";
import type { FieldView, VersionView } from "../../node-view.ts";
import { Field } from "../controls/field.tsx";
import { usePanel } from "../panel-context.ts";
import { Select } from "../controls/select.tsx";
import { toStep } from "../controls/to-step.ts";
import { useDraft } from "../controls/use-draft.ts";

interface SeedFieldProps {
  readonly field: FieldView;
  readonly versions: readonly VersionView[];
  readonly set: (value: number | null) => void;
}

const kinds = [
  { value: "random", label: "Random" },
  { value: "fixed", label: "Fixed" },
];

/** Chance: new at each fresh try, or fixed. Fixing it takes the seed of the newest result that has one. */
export function SeedField({ field, versions, set }: SeedFieldProps) {
  const { isReadOnly } = usePanel();
  const value = typeof field.value === "number" ? field.value : null;
  const newest = versions.find(({ seed }) => seed !== null)?.seed ?? 1;
  const draft = useDraft(value === null ? "" : String(value), (text) => {
    const seed = Number(text);
    const isNumber = text.trim() !== "" && Number.isFinite(seed);
    const next = isNumber ? toStep(seed, { min: 0, max: largestSeed, step: 1 }) : value;
    if (next === value) draft.revert();
    else set(next);
  });
  return (
    <Field label={field.param.label} hint={field.param.hint} problem={field.problem}>
      {(props) => (
        <div class="row tight">
          <Select
            {...props}
            value={value === null ? "random" : "fixed"}
            options={kinds}
            isDisabled={isReadOnly}
            choose={(kind) => {
              draft.revert();
              set(kind === "random" ? null : newest);
            }}
          />
          {value !== null && (
            <input
              class="text-input"
              aria-label="Seed number"
              inputMode="numeric"
              value={draft.text}
              readOnly={isReadOnly}
              onInput={(event) => draft.type(event.currentTarget.value)}
              onBlur={draft.keep}
              onKeyDown={(event) => {
                if (event.key === "Enter") draft.keep();
                if (event.key === "Escape") draft.revert();
              }}
            />
          )}
        </div>
      )}
    </Field>
  );
}
