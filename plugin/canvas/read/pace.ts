/** How long the canvas may be held up at a time: from 16 ms on people see it stutter. */
const sliceMs = 14;

/** The clock is looked at once in so many steps: looking costs about as much as reading a layer's name. */
const stepsPerLook = 16;

/**
 * Work in slices: `rest` gives Figma its turn once a slice's time is used up. Work of many small steps
 * asks `isOver` first, which costs less.
 */
export interface Pace {
  readonly isOver: () => boolean;
  readonly rest: () => Promise<void>;
}

/** A pace whose first slice begins now. */
export function startPace(): Pace {
  let startedAtMs = Date.now();
  let steps = 0;
  return {
    isOver: () => {
      steps += 1;
      return steps % stepsPerLook === 0 && Date.now() - startedAtMs >= sliceMs;
    },
    rest: async () => {
      if (Date.now() - startedAtMs < sliceMs) return;
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      startedAtMs = Date.now();
    },
  };
}
