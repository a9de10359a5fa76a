import type { FieldProps } from "./field.tsx";
import { Icon } from "./icon.tsx";

interface SelectProps extends Partial<FieldProps> {
  readonly label?: string;
  /** The chosen value; null or one that is not among the options shows an empty choice. */
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly isDisabled: boolean;
  readonly choose: (value: string) => void;
}

/** A choice of one. The browser's own list, since keys and screen readers know it. */
export function Select({ label, value, options, isDisabled, choose, ...field }: SelectProps) {
  const isKnown = options.some((option) => option.value === value);
  return (
    <span class="select">
      <select
        {...field}
        aria-label={label}
        value={isKnown && value !== null ? value : ""}
        disabled={isDisabled}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {!isKnown && (
          <option value="" disabled>
            Choose…
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
}
