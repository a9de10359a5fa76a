const steps: Readonly<Record<string, -1 | 1>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
};

/**
 * Where an arrow key, Home or End leads in a row of `count` things that has one tab stop: the index
 * of the next one, round the ends; null for any other key.
 */
export function rove(key: string, index: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = steps[key];
  return step === undefined ? null : (index + step + count) % count;
}

/** Puts the focus on the child of `row` with this index, if it is there. */
export function focusChild(row: Element | null, index: number): void {
  const child = row?.children[index];
  if (child instanceof HTMLElement) child.focus();
}
