/** Says how to take back what was just done, should the rest fail. */
export type TakeBack = (step: () => void) => void;

/**
 * Does something to the canvas as a whole or not at all. Where it throws, the steps are taken back,
 * the last one first, and what was made on the current page and is still there goes. Nothing may be
 * waited for meanwhile: what others make at the same time must not be taken for ours.
 */
export function orNothing<Result>(work: (takeBack: TakeBack) => Result): Result {
  const page = figma.currentPage;
  const before = page.children;
  const steps: (() => void)[] = [];
  try {
    return work((step) => {
      steps.push(step);
    });
  } catch (error) {
    for (const step of steps.reverse()) attempt(step);
    const known = new Set(before.map(({ id }) => id));
    for (const layer of page.children) {
      if (known.has(layer.id)) continue;
      attempt(() => {
        layer.remove();
      });
    }
    throw error;
  }
}

/** A step that fails too must not keep the others from being taken back. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // What failed first is what is told.
  }
}
