import { useState } from "preact/hooks";
import { amountOf, bareAmountOf, type Cap } from "#domain/cap";
import { Button } from "../../panel/controls/button.tsx";
import { ProgressBar } from "../../panel/controls/progress-bar.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { useFocusAfter } from "../parts/use-focus-after.ts";
import { AmountForm } from "./amount-form.tsx";

interface CapRowProps {
  readonly cap: Cap;
  /** Whom or what it caps, for a person. */
  readonly name: string;
  /** Sets it anew, or ends it with null; null for who may not. */
  readonly set: ((most: number | null) => Promise<void>) | null;
}

/** A cap, how much of it is used, and for an owner what can be done about it. */
export function CapRow({ cap, name, set }: CapRowProps) {
  const { unit, used, most } = cap;
  const [open, setOpen] = useState<"change" | "end" | null>(null);
  const row = useFocusAfter<HTMLLIElement>(open === "change", ".buttons button");
  const close = () => setOpen(null);
  const capped = `${name}, ${amountOf(unit, most)}`;
  return (
    <li ref={row}>
      <div class="cap">
        <span>{name}</span>
        <ProgressBar label={`Used by ${capped}`} done={used / Math.max(1, most)} />
        <span class="quiet number">
          {bareAmountOf(unit, used)} of {amountOf(unit, most)}
        </span>
        {set !== null && (
          <div class="buttons">
            <Button
              secondary
              disabled={open === "change"}
              aria-label={`Change the cap of ${capped}`}
              onClick={() => setOpen("change")}
            >
              Change
            </Button>
            <Button
              secondary
              aria-label={`End the cap of ${capped}`}
              onClick={() => setOpen("end")}
            >
              End
            </Button>
          </div>
        )}
      </div>
      {set !== null && open === "change" && (
        <AmountForm
          label={`At most, a month, in ${unit === "credits" ? "credits" : "dollars"}`}
          unit={unit}
          typed={typedOf(cap)}
          verb="Change cap"
          set={(_unit, amount) => set(amount)}
          close={close}
        />
      )}
      {set !== null && open === "end" && (
        <Confirm
          question={`End the cap of ${capped} a month?`}
          consequence="From then on only other caps limit what may be spent."
          verb="End cap"
          perform={() => set(null)}
          close={close}
        />
      )}
    </li>
  );
}

function typedOf({ unit, most }: Cap): string {
  return unit === "credits" ? String(most) : String(most / 1e6);
}
