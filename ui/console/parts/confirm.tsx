import { useEffect, useId, useRef } from "preact/hooks";
import { Button } from "../../panel/controls/button.tsx";
import { useAction } from "../use-asked.ts";

interface ConfirmProps {
  readonly question: string;
  /** What follows from it. */
  readonly consequence: string;
  readonly verb: string;
  readonly perform: () => Promise<void>;
  /** Called when it was done or left; the dialog goes away. */
  readonly close: () => void;
}

/** Asks once more before something is taken away. Escape leaves everything as it is. */
export function Confirm({ question, consequence, verb, perform, close }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const action = useAction();
  useEffect(() => dialog.current?.showModal(), []);
  // Closed by the browser, which gives the focus back to where it was; that tells `close`.
  const leave = (): void => dialog.current?.close();
  const confirm = async (): Promise<void> => {
    if (await action.perform(perform)) leave();
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-question`}
      aria-describedby={`${id}-consequence`}
      onClose={close}
    >
      <h2 id={`${id}-question`}>{question}</h2>
      <p id={`${id}-consequence`}>{consequence}</p>
      <div role="alert">{action.problem !== null && <p class="problem">{action.problem}</p>}</div>
      <div class="buttons">
        <Button secondary onClick={leave}>
          Cancel
        </Button>
        <Button data-kind="danger" loading={action.isBusy} onClick={() => void confirm()}>
          {verb}
        </Button>
      </div>
    </dialog>
  );
}
