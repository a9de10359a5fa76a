import { amountOf, bareAmountOf, type Cap } from "#domain/cap";
import { formatCredits, formatDollars, type Cost } from "#domain/cost";
import { ProgressBar } from "../../panel/controls/progress-bar.tsx";

interface CapsProps {
  readonly caps: readonly Cap[];
  readonly confirmAbove: Cost;
  /** Whether who looks may set one. */
  readonly isOwner: boolean;
}

/** The caps by month and how much of each is used now; without one, an owner is told how one is set. */
export function Caps({ caps, confirmAbove, isOwner }: CapsProps) {
  return (
    <section class="card">
      <div class="card-head">
        <h2>Caps this month</h2>
      </div>
      {caps.length === 0 && (
        <p class="quiet">
          Nobody is capped.
          {isOwner && (
            <>
              {" "}
              <code>npm run spaces -- cap team 500</code> lets the team spend at most 500 credits a
              month; a member or a file is capped the same way, and <code>--dollars</code> caps what
              providers take on your own accounts.
            </>
          )}
        </p>
      )}
      <ul class="caps">
        {caps.map((cap) => (
          <li key={`${cap.kind} ${cap.name} ${cap.unit}`}>
            <span>{nameOf(cap)}</span>
            <ProgressBar label={`Used by ${nameOf(cap)}`} done={cap.used / Math.max(1, cap.most)} />
            <span class="quiet number">
              {bareAmountOf(cap.unit, cap.used)} of {amountOf(cap.unit, cap.most)}
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet">
        A run that may cost more than {formatCredits(confirmAbove.credits)} or{" "}
        {formatDollars(confirmAbove.microDollars)} is confirmed twice.
      </p>
    </section>
  );
}

function nameOf({ kind, name }: Cap): string {
  if (kind === "team") return "The team";
  return kind === "file" ? `The file ${name}` : name;
}
