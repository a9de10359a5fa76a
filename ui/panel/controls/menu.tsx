import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";
import { placeMenu } from "./place-menu.ts";
import { focusChild, rove } from "./rove.ts";

/** A line of a menu. `problem`: why it cannot be chosen. `isChosen`: one of several that exclude each other. */
export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly description?: string;
  readonly aside?: string;
  readonly problem?: string | null;
  readonly isChosen?: boolean;
  readonly choose: () => void;
}

interface MenuProps {
  readonly id: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly opener: RefObject<HTMLElement>;
  readonly close: (isFocusReturned: boolean) => void;
}

/** An open menu: arrows, Home, End and first letters move, Enter chooses, Escape and Tab close. */
export function Menu({ id, label, items, opener, close }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    placeBeside(menu.current, opener.current);
    focusChild(
      menu.current,
      Math.max(
        items.findIndex((item) => item.isChosen === true),
        0,
      ),
    );
  }, []);
  useEffect(() => {
    const closeOutside = (event: Event): void => {
      const target = event.target instanceof Node ? event.target : null;
      if (menu.current?.contains(target) === true) return;
      if (opener.current?.contains(target) === true) return;
      close(false);
    };
    document.addEventListener("pointerdown", closeOutside, true);
    document.addEventListener("scroll", closeOutside, true);
    return () => {
      document.removeEventListener("pointerdown", closeOutside, true);
      document.removeEventListener("scroll", closeOutside, true);
    };
  }, []);
  const move = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const row = menu.current;
    const lines: readonly (Element | null)[] = Array.from(row?.children ?? []);
    const index = lines.indexOf(document.activeElement);
    if (event.key === "Tab") {
      close(true);
      return;
    }
    const next = rove(event.key, index, items.length) ?? startingWith(items, event.key, index);
    if (next === null && event.key !== "Escape") return;
    event.preventDefault();
    if (next === null) close(true);
    else focusChild(row, next);
  };
  return (
    <div ref={menu} id={id} class="menu" role="menu" aria-label={label} onKeyDown={move}>
      {items.map((item) => (
        <Line key={item.key} item={item} close={close} />
      ))}
    </div>
  );
}

function Line({ item, close }: { readonly item: MenuItem; readonly close: MenuProps["close"] }) {
  const problem = item.problem ?? null;
  const isChoice = item.isChosen !== undefined;
  const choose = (): void => {
    if (problem !== null) return;
    close(true);
    item.choose();
  };
  return (
    <button
      type="button"
      class="menu-item"
      role={isChoice ? "menuitemradio" : "menuitem"}
      aria-checked={isChoice ? item.isChosen : undefined}
      aria-disabled={problem !== null}
      tabIndex={-1}
      onClick={choose}
    >
      {isChoice && <span class="menu-mark">{item.isChosen && <Icon name="check" />}</span>}
      {item.icon !== undefined && <Icon name={item.icon} />}
      <span class="menu-words">
        <span dir="auto">{item.label}</span>
        {(problem ?? item.description) !== undefined && (
          <span class="menu-description" dir="auto">
            {problem ?? item.description}
          </span>
        )}
      </span>
      {item.aside !== undefined && <span class="menu-aside">{item.aside}</span>}
    </button>
  );
}

/** The next line that begins with the letter, behind the one with `index` and round the end. */
function startingWith(items: readonly MenuItem[], key: string, index: number): number | null {
  if (key.length !== 1 || key === " ") return null;
  const letter = key.toLocaleLowerCase();
  for (let step = 1; step <= items.length; step += 1) {
    const next = (index + step) % items.length;
    if (items[next]?.label.toLocaleLowerCase().startsWith(letter) === true) return next;
  }
  return null;
}

function placeBeside(menu: HTMLElement | null, opener: HTMLElement | null): void {
  if (menu === null || opener === null) return;
  const size = { width: menu.offsetWidth, height: menu.offsetHeight };
  const panel = { width: window.innerWidth, height: window.innerHeight };
  const place = placeMenu(opener.getBoundingClientRect(), size, panel);
  menu.style.left = `${place.left}px`;
  menu.style.top = `${place.top}px`;
  menu.style.maxHeight = `${place.maxHeight}px`;
}
