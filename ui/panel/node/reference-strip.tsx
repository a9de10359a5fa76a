import { type MutableRef, useLayoutEffect, useRef } from "preact/hooks";
import type { ReferenceView } from "../../node-view.ts";
import { usePanel } from "../panel-context.ts";
import { ReferenceTile } from "./reference-tile.tsx";
import { focusChild, rove } from "../controls/rove.ts";

interface ReferenceStripProps {
  readonly node: string;
  readonly references: readonly ReferenceView[];
  /** The chosen reference's connection. */
  readonly chosen: string | null;
  readonly choose: (connection: string) => void;
  /** Whether a change that was asked for here is still to come. */
  readonly isChanging: MutableRef<boolean>;
}

/**
 * What feeds a node, numbered: one tab stop; arrows choose, Alt with an arrow moves the chosen one,
 * Delete disconnects it.
 */
export function ReferenceStrip(props: ReferenceStripProps) {
  const { node, references, chosen, choose, isChanging } = props;
  const { actions, isReadOnly } = usePanel();
  const row = useRef<HTMLDivElement>(null);
  const found = references.findIndex(({ connection }) => connection === chosen);
  const index = Math.max(found, 0);
  // A tile that moves in the page loses the focus, and one that goes takes it along. It is put back
  // after a change from here only: the canvas may have the focus by now.
  const order = references.map(({ connection }) => connection).join(" ");
  useLayoutEffect(() => {
    if (!isChanging.current) return;
    isChanging.current = false;
    if (document.hasFocus() && document.activeElement === document.body) {
      focusChild(row.current, index);
    }
  }, [order]);
  const press = (event: KeyboardEvent): void => {
    const next = rove(event.key, index, references.length);
    const connection = references[index]?.connection;
    const isRemoval = event.key === "Delete" || event.key === "Backspace";
    if (connection === undefined || (next === null && !isRemoval)) return;
    event.preventDefault();
    isChanging.current = isRemoval || event.altKey;
    if (isRemoval) {
      if (!isReadOnly) actions.disconnect(node, connection);
    } else if (!event.altKey) {
      choose(references[next ?? 0]?.connection ?? connection);
      focusChild(row.current, next ?? 0);
    } else if (event.key.startsWith("Arrow") && !isReadOnly) {
      choose(connection);
      const isBack = event.key === "ArrowLeft" || event.key === "ArrowUp";
      actions.moveReference(node, connection, isBack ? -1 : 1);
    }
  };
  return (
    <div
      ref={row}
      class="strip"
      role="listbox"
      aria-label="References, in their order"
      aria-orientation="horizontal"
      onKeyDown={press}
    >
      {references.map((reference, position) => (
        <ReferenceTile
          key={reference.connection}
          reference={reference}
          isChosen={position === found}
          tabIndex={position === index ? 0 : -1}
          choose={() => choose(reference.connection)}
        />
      ))}
    </div>
  );
}
