import { useEffect, useRef, useState } from "preact/hooks";
import type { Cap, Capped, ListedCap } from "#domain/cap";
import type { Cost } from "#domain/cost";
import { Button } from "../../panel/controls/button.tsx";
import { useConsole } from "../console-context.ts";
import { useFocusAfter } from "../parts/use-focus-after.ts";
import { CapRow } from "./cap-row.tsx";
import { ConfirmAbove } from "./confirm-above.tsx";
import { NewCap } from "./new-cap.tsx";

interface CapsProps {
  readonly caps: readonly ListedCap[];
  readonly confirmAbove: Cost;
  /** The files that spent something, by their ids, as people call them. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether who looks may set one. */
  readonly isOwner: boolean;
  /** Called when a cap or the second confirmation is another one than before. */
  readonly changed: () => void;
}

/** The caps by month and how much of each is used now; an owner sets, changes and ends them. */
export function Caps({ caps, confirmAbove, files, isOwner, changed }: CapsProps) {
  const { relay } = useConsole();
  const [isOpen, setOpen] = useState(false);
  const hasEnded = useRef(false);
  const card = useFocusAfter<HTMLElement>(isOpen, ".card-head button");
  const set = async (capped: Capped, most: number | null): Promise<void> => {
    await relay.command("capSet", { body: { ...capped, most } });
    hasEnded.current = most === null;
    changed();
  };
  // The button that had the focus left with its row.
  useEffect(() => {
    if (hasEnded.current) card.current?.querySelector<HTMLElement>(".card-head button")?.focus();
    hasEnded.current = false;
  }, [caps]);
  return (
    <section class="card" ref={card}>
      <div class="card-head">
        <h2>Caps this month</h2>
        {isOwner && (
          <Button secondary disabled={isOpen} onClick={() => setOpen(true)}>
            Set a cap
          </Button>
        )}
      </div>
      {isOpen && <NewCap files={files} set={set} close={() => setOpen(false)} />}
      {caps.length === 0 && (
        <p class="quiet">
          Nobody is capped.
          {isOwner && " A cap is the most that is spent in a calendar month (UTC)."}
        </p>
      )}
      <ul class="caps">
        {caps.map((cap) => (
          <CapRow
            key={`${cap.kind} ${cap.name} ${cap.unit}`}
            cap={cap}
            name={nameOf(cap)}
            set={isOwner ? (most) => set(plain(cap), most) : null}
          />
        ))}
      </ul>
      <ConfirmAbove above={confirmAbove} isOwner={isOwner} changed={changed} />
    </section>
  );
}

function nameOf({ kind, name, fileName }: ListedCap): string {
  if (kind === "team") return "The team";
  return kind === "file" ? `The file ${fileName ?? name}` : name;
}

function plain({ kind, name, unit }: Cap): Capped {
  return { kind, name, unit };
}
