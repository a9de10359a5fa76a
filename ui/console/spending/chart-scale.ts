/** The lines of a chart: from nothing to at least the largest value, in round steps. */
export interface Scale {
  /** The value at the top line. */
  readonly top: number;
  /** The values of the lines, from 0 to `top`. */
  readonly lines: readonly number[];
}

/** About four round steps of 1, 2 or 5 times a power of ten; whole ones, as every amount is. */
export function scaleFor(largest: number): Scale {
  const rough = Math.max(1, largest / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? rough;
  const count = Math.max(1, Math.ceil(largest / step));
  return {
    top: count * step,
    lines: Array.from({ length: count + 1 }, (_, at) => at * step),
  };
}
