import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** What a control of a field carries, so that its label, hint and problem belong to it. */
export interface FieldProps {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean;
}

interface FieldParts {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | null;
  /** What stands at the right of the label. */
  readonly aside?: ComponentChildren;
  readonly children: (field: FieldProps) => ComponentChildren;
}

/** A control with its label above and its hint and problem below. */
export function Field({ label, hint, problem = null, aside, children }: FieldParts) {
  const id = useId();
  const words = [hint === undefined ? "" : `${id}-hint`, problem === null ? "" : `${id}-problem`];
  const describedBy = words.filter((word) => word !== "").join(" ");
  return (
    <div class="field">
      <div class="field-head">
        <label class="label" for={id}>
          {label}
        </label>
        {aside}
      </div>
      {children({
        id,
        "aria-describedby": describedBy === "" ? undefined : describedBy,
        "aria-invalid": problem !== null,
      })}
      {hint !== undefined && (
        <p class="quiet" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem !== null && (
        <p class="problem" id={`${id}-problem`} dir="auto">
          {problem}
        </p>
      )}
    </div>
  );
}
