import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { Menu, type MenuItem } from "./menu.tsx";

interface MenuButtonProps {
  readonly label: string;
  /** Names the button by its own words where `label` says more than they do. */
  readonly class: string;
  readonly items: readonly MenuItem[];
  readonly isDisabled?: boolean;
  readonly tabIndex?: number;
  readonly describedBy?: string | undefined;
  readonly children: ComponentChildren;
}

/** A button that opens a menu. The focus goes into the menu and comes back to the button. */
export function MenuButton(props: MenuButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (isFocusReturned: boolean): void => {
    setIsOpen(false);
    if (isFocusReturned) button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={props.class}
        aria-label={props.label}
        title={props.label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-describedby={props.describedBy}
        disabled={props.isDisabled === true}
        tabIndex={props.tabIndex}
        onClick={() => setIsOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          event.stopPropagation();
          setIsOpen(true);
        }}
      >
        {props.children}
      </button>
      {isOpen && (
        <Menu id={id} label={props.label} items={props.items} opener={button} close={close} />
      )}
    </>
  );
}
