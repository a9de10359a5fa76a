import { useState } from "preact/hooks";
import { amountOf } from "#domain/cap";
import type { Cost } from "#domain/cost";
import { Button } from "../../panel/controls/button.tsx";
import { useConsole } from "../console-context.ts";
import { useFocusAfter } from "../parts/use-focus-after.ts";
import { AmountForm } from "./amount-form.tsx";

interface ConfirmAboveProps {
  readonly above: Cost;
  readonly isOwner: boolean;
  readonly changed: () => void;
}

/** The price above which a run is confirmed twice; an owner chooses another one. */
export function ConfirmAbove({ above, isOwner, changed }: ConfirmAboveProps) {
  const { relay } = useConsole();
  const [isOpen, setOpen] = useState(false);
  const place = useFocusAfter<HTMLDivElement>(isOpen, "button");
  return (
    <div ref={place}>
      <div class="confirm-above">
        <p class="quiet">
          A run that may cost more than {amountOf("credits", above.credits)} or{" "}
          {amountOf("microDollars", above.microDollars)} is confirmed twice.
        </p>
        {isOwner && (
          <Button
            secondary
            disabled={isOpen}
            aria-label="Change what is confirmed twice"
            onClick={() => setOpen(true)}
          >
            Change
          </Button>
        )}
      </div>
      {isOpen && (
        <AmountForm
          label="Confirm twice above"
          unit={null}
          verb="Change"
          set={async (unit, most) => {
            await relay.command("confirmAboveSet", { body: { unit, most } });
            changed();
          }}
          close={() => setOpen(false)}
        />
      )}
    </div>
  );
}
