import type { FieldProps } from "./field.tsx";
import { useDraft } from "./use-draft.ts";

interface TextAreaProps extends FieldProps {
  readonly value: string;
  readonly rows: number;
  readonly placeholder?: string | undefined;
  readonly maxCharacters?: number | undefined;
  readonly isReadOnly: boolean;
  readonly keep: (text: string) => void;
}

/** From this share of the most characters on, the count is shown. */
const countFrom = 0.8;

/**
 * Several lines of text that grow with what is in them. A text that is too long is not cut: it is
 * counted, and its issue says so.
 */
export function TextArea({ value, maxCharacters, isReadOnly, keep, ...rest }: TextAreaProps) {
  const draft = useDraft(value, keep);
  const isNearEnd = maxCharacters !== undefined && draft.text.length > maxCharacters * countFrom;
  return (
    <>
      <textarea
        {...rest}
        class="text-area"
        dir="auto"
        spellcheck
        value={draft.text}
        readOnly={isReadOnly}
        onInput={(event) => draft.type(event.currentTarget.value)}
        onBlur={draft.keep}
      />
      {isNearEnd && (
        <p class={draft.text.length > maxCharacters ? "problem" : "quiet"}>
          {draft.text.length.toLocaleString("en")} of {maxCharacters.toLocaleString("en")}{" "}
          characters
        </p>
      )}
    </>
  );
}
