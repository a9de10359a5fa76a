import { useId } from "preact/hooks";
import type { Param } from "#domain/param";
import { usePanel } from "../panel-context.ts";

interface SwitchFieldProps {
  readonly param: Extract<Param, { control: "switch" }>;
  readonly value: unknown;
  readonly problem: string | null;
  readonly set: (value: boolean) => void;
}

/** A setting that is on or off. */
export function SwitchField({ param, value, problem, set }: SwitchFieldProps) {
  const { isReadOnly } = usePanel();
  const id = useId();
  return (
    <div class="field">
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={typeof value === "boolean" ? value : param.default}
          disabled={isReadOnly}
          onChange={(event) => set(event.currentTarget.checked)}
          aria-describedby={id}
        />
        <span>{param.label}</span>
      </label>
      <div id={id}>
        {param.hint !== undefined && <p class="quiet">{param.hint}</p>}
        {problem !== null && <p class="problem">{problem}</p>}
      </div>
    </div>
  );
}
