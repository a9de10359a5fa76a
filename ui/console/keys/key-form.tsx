import { useEffect, useId, useRef } from "preact/hooks";
import { Button } from "../../panel/controls/button.tsx";
import { useAction } from "../use-asked.ts";

interface KeyFormProps {
  readonly title: string;
  readonly keep: (key: string) => Promise<void>;
  readonly close: () => void;
}

/**
 * Takes a key. It is read from its field once, when it is sent, and leaves the field in the same moment:
 * no state of this page ever holds it.
 */
export function KeyForm({ title, keep, close }: KeyFormProps) {
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const action = useAction();
  useEffect(() => field.current?.focus(), []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const input = field.current;
    if (input === null || input.value.trim() === "") return;
    const key = input.value;
    input.value = "";
    if (await action.perform(() => keep(key))) close();
    else input.focus();
  };
  return (
    <form
      class="key-form"
      autocomplete="off"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <label class="form-field grow">
        <span>Key of {title}</span>
        <input
          ref={field}
          class="text-input"
          type="password"
          autocomplete="off"
          spellcheck={false}
          maxLength={8_000}
          placeholder="Paste it here"
          aria-describedby={`${id}-problem`}
          aria-invalid={action.problem !== null}
        />
      </label>
      <div class="buttons">
        <Button type="button" secondary onClick={close}>
          Cancel
        </Button>
        <Button loading={action.isBusy}>Seal and keep</Button>
      </div>
      <div id={`${id}-problem`} role="alert" class="full-row">
        {action.problem !== null && <p class="problem">{action.problem}</p>}
      </div>
    </form>
  );
}
