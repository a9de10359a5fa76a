import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "./icon-button.tsx";

interface SheetProps {
  readonly title: string;
  /** Where the focus begins: in the first field, or at the title where there is none. */
  readonly begins: "field" | "title";
  readonly close: () => void;
  readonly children: ComponentChildren;
}

/**
 * A modal dialog of the browser with its title and content: the rest is out of reach, Escape closes it,
 * and the focus goes back to where it was.
 */
export function Sheet({ title, begins, close, children }: SheetProps) {
  const sheet = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const dialog = sheet.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  useLayoutEffect(() => {
    // A browser refuses `autofocus` in a frame of another origin.
    sheet.current?.querySelector<HTMLElement>(begins === "field" ? "input" : "h1")?.focus();
  }, [begins]);
  return (
    <dialog
      ref={sheet}
      class="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <div class="sheet-head">
        <h1 id={id} tabIndex={-1}>
          {title}
        </h1>
        <IconButton icon="close" label="Close" onClick={close} />
      </div>
      {children}
    </dialog>
  );
}
